package linnet.jvm;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.jvm.HostException.Kind;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The head of a backup, and the key that it and a passphrase lead to (docs/protocol/backup.md).
 *
 * @param head the {@value #HEAD_BYTES} bytes before the check
 * @param seal the key of the chunks, 32 bytes
 * @param check what follows the head: tells a wrong passphrase from damage, {@value #CHECK_BYTES} bytes
 */
record BackupKey(Bytes head, Bytes seal, Bytes check) {
    static final int HEAD_BYTES = 32;
    static final int CHECK_BYTES = 16;

    private static final Bytes MAGIC = Bytes.utf8("LNTBACK\n");
    private static final int VERSION = 1;
    private static final int ARGON2ID = 1;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    /** A file may ask for more than we do, but not keep a machine busy for minutes or take all its memory. */
    private static final int PASSES_MAX = 16;

    private static final int LANES_MAX = 4;
    private static final int MEMORY_KIB_MAX = 64 * 1024;

    /** The least that Argon2 knows, for each lane. */
    private static final int MEMORY_KIB_MIN = 8;

    /**
     * What guessing one passphrase costs.
     *
     * @param passes over the memory
     * @param lanes side by side
     * @param memoryKib in all
     */
    record Cost(int passes, int lanes, int memoryKib) {
        /**
         * About half a second here. A quarter more than the OWASP password storage cheat sheet asks at least (19 MiB twice) in memory, and
         * twice in passes, because a backup lies about for years.
         */
        static final Cost USUAL = new Cost(4, 1, 24 * 1024);
    }

    /** Draws a salt and makes the key of a new backup. */
    static BackupKey create(char[] passphrase, Cost cost, Crypto crypto) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        head.put(MAGIC.shared()).put((byte) VERSION).put((byte) ARGON2ID);
        head.put((byte) cost.passes()).put((byte) cost.lanes()).putInt(cost.memoryKib());
        head.put(crypto.random(SALT_BYTES).shared());
        return of(Bytes.wrap(head.array()), passphrase, cost, crypto);
    }

    /** Makes the key of a backup whose head is {@code head}: BACKUP_NEWER or BACKUP_DAMAGED if that is no head of ours. */
    static BackupKey read(Bytes head, char[] passphrase, Crypto crypto) {
        ByteBuffer fields = ByteBuffer.wrap(head.toArray());
        byte[] magic = new byte[MAGIC.length()];
        fields.get(magic);
        if (!Bytes.wrap(magic).equals(MAGIC)) throw damaged("it is no backup of this program");
        int version = fields.get() & 0xff;
        if (version > VERSION)
            throw new HostException(
                    Kind.BACKUP_NEWER,
                    "The backup has version " + version + "; this program knows versions up to " + VERSION + ".");
        if (version < 1 || fields.get() != ARGON2ID) throw damaged("its head is not what this program writes");
        Cost cost = new Cost(fields.get() & 0xff, fields.get() & 0xff, fields.getInt());
        if (!isBearable(cost)) throw damaged("its head asks for " + cost);
        return of(head, passphrase, cost, crypto);
    }

    static HostException damaged(String why) {
        return new HostException(Kind.BACKUP_DAMAGED, "The backup cannot be read: " + why + ".");
    }

    private static boolean isBearable(Cost cost) {
        return cost.passes() >= 1
                && cost.passes() <= PASSES_MAX
                && cost.lanes() >= 1
                && cost.lanes() <= LANES_MAX
                && cost.memoryKib() >= MEMORY_KIB_MIN * cost.lanes()
                && cost.memoryKib() <= MEMORY_KIB_MAX;
    }

    private static BackupKey of(Bytes head, char[] passphrase, Cost cost, Crypto crypto) {
        Bytes stretched = stretch(passphrase, head.slice(HEAD_BYTES - SALT_BYTES, HEAD_BYTES), cost);
        Bytes seal = crypto.hmac(stretched, Bytes.utf8("linnet/backup/1/seal"));
        Bytes check = crypto.hmac(stretched, Bytes.concat(Bytes.utf8("linnet/backup/1/check"), head));
        return new BackupKey(head, seal, check.slice(0, CHECK_BYTES));
    }

    private static Bytes stretch(char[] passphrase, Bytes salt, Cost cost) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withMemoryAsKB(cost.memoryKib())
                .withSalt(salt.toArray())
                .build());
        // The same words are written in two ways, by keyboards and systems: é as one character or as two.
        String words = Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFC);
        byte[] secret = words.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[KEY_BYTES];
        argon2.generateBytes(secret, key);
        Arrays.fill(secret, (byte) 0);
        return Bytes.wrap(key);
    }

    /** Returns nothing secret. */
    @Override
    public String toString() {
        return "BackupKey";
    }
}
