package linnet.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.core.wire.Writer;
import linnet.jvm.Backup;
import linnet.jvm.HostException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A file that somebody gives out as a backup. The first byte of an input says what follows: a whole file, or a body that is sealed here
 * under the right key. The format is written here once more, with the cheapest passphrase that it allows.
 */
final class BackupTarget implements Target {
    private static final Set<HostException.Kind> REFUSALS = EnumSet.of(
            HostException.Kind.BACKUP_DAMAGED, HostException.Kind.BACKUP_NEWER, HostException.Kind.PASSPHRASE_WRONG);

    private static final char[] PASSPHRASE = "fuzz".toCharArray();
    private static final byte WHOLE = 0;
    private static final byte BODY = 1;
    private static final Bytes MAGIC = Bytes.utf8("LNTBACK\n");
    private static final int HEAD_BYTES = 32;
    private static final int CHECK_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int COST_AT = 10;
    private static final int SECRETS_BYTES = 128;
    private static final int DATABASE_BYTES = 700;

    /** The least memory that Argon2 knows, in KiB. */
    private static final int MEMORY_KIB = 8;

    /** What a head asks of this machine for one guess is bounded by the reader, and far above what an execution may cost here. */
    private static final int WORK_KIB_MAX = 64;

    /** Two buffers of a chunk, pieces for the database, and a curve. */
    private static final long ALLOCATED_BY_READER = 2 << 20;

    /** Not the JDK's, which refuses to seal twice under one nonce, as every other input here does. */
    private final Crypto crypto = new BouncyCrypto(count -> Bytes.wrap(new byte[count]));

    private final Bytes head = head();
    private final Bytes stretched = stretched();

    @Override
    public List<Bytes> messages() {
        Bytes body = body(DATABASE_BYTES);
        Bytes file = sealed(body);
        return List.of(marked(BODY, body), marked(BODY, body(0)), marked(WHOLE, file));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        Bytes file = raw || input.length() == 0 ? input : input.slice(1, input.length());
        if (!raw && input.length() > 0 && (input.at(0) & 1) == BODY) file = sealed(file);
        if (isCostly(file)) return false;
        try {
            Backup.check(new ByteArrayInputStream(file.shared()), PASSPHRASE);
            return true;
        } catch (HostException refused) {
            if (!REFUSALS.contains(refused.kind())) throw refused;
            return false;
        }
    }

    @Override
    public String crypto() {
        return "real";
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BY_READER + Target.super.allocatedBytesMax(inputBytes);
    }

    private static boolean isCostly(Bytes file) {
        if (file.length() < HEAD_BYTES) return false;
        ByteBuffer cost = ByteBuffer.wrap(file.toArray(), COST_AT, HEAD_BYTES - COST_AT);
        int passes = cost.get() & 0xff;
        cost.get();
        return (long) passes * (cost.getInt() & 0xffffffffL) > WORK_KIB_MAX;
    }

    private static Bytes marked(byte kind, Bytes bytes) {
        return Bytes.concat(Bytes.wrap(new byte[] {kind}), bytes);
    }

    private static Bytes head() {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).put(MAGIC.shared());
        head.put(new byte[] {1, 1, 1, 1}).putInt(MEMORY_KIB);
        return Bytes.wrap(head.array());
    }

    private Bytes stretched() {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(1)
                .withParallelism(1)
                .withMemoryAsKB(MEMORY_KIB)
                .withSalt(new byte[SALT_BYTES])
                .build());
        byte[] key = new byte[KEY_BYTES];
        argon2.generateBytes(new String(PASSPHRASE).getBytes(StandardCharsets.UTF_8), key);
        return Bytes.wrap(key);
    }

    private static Bytes body(int databaseBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        try {
            part(
                    body,
                    1,
                    new Writer()
                            .uint64(1, 1)
                            .text(2, "Alice")
                            .text(3, "linnet")
                            .uint(4, 1)
                            .toBytes());
            part(body, 2, Bytes.wrap(new byte[SECRETS_BYTES]));
            body.writeByte(3);
            body.writeLong(databaseBytes);
            body.write(new byte[databaseBytes]);
            body.writeByte(4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static void part(DataOutputStream body, int kind, Bytes part) throws IOException {
        body.writeByte(kind);
        body.writeInt(part.length());
        body.write(part.shared());
    }

    private Bytes sealed(Bytes body) {
        Bytes seal = crypto.hmac(stretched, Bytes.utf8("linnet/backup/1/seal"));
        Bytes check = crypto.hmac(stretched, Bytes.concat(Bytes.utf8("linnet/backup/1/check"), head));
        Bytes file = Bytes.concat(head, check.slice(0, CHECK_BYTES));
        for (int number = 0; number * CHUNK_BYTES <= body.length(); number++) {
            int end = Math.min(body.length(), (number + 1) * CHUNK_BYTES);
            boolean isLast = end == body.length();
            byte[] nonce = Arrays.copyOf(
                    ByteBuffer.allocate(NONCE_BYTES).putInt(7, number).array(), NONCE_BYTES);
            nonce[NONCE_BYTES - 1] = (byte) (isLast ? 1 : 0);
            Bytes chunk = crypto.seal(seal, Bytes.wrap(nonce), head, body.slice(number * CHUNK_BYTES, end));
            file = Bytes.concat(file, chunk);
            if (isLast) break;
        }
        return file;
    }
}
