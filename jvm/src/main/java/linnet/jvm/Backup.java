package linnet.jvm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.UserId;
import linnet.core.node.NodeConfig;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import linnet.jvm.HostException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A home in one encrypted file: keys, contacts, history and what waits (docs/protocol/backup.md). Written from a home that is open, while its
 * node runs or not; read into a new home, on any machine.
 */
public final class Backup {
    /** How a backup's file is usually called at its end. */
    public static final String EXTENSION = ".linnet-backup";

    private static final int ABOUT = 1;
    private static final int KEYS = 2;
    private static final int DATABASE = 3;
    private static final int END = 4;

    /** Longest part but the database, which goes through in pieces. */
    private static final int PART_BYTES_MAX = 4_096;

    private static final int PIECE_BYTES = 64 * 1024;

    private Backup() {}

    /**
     * What a backup says of itself.
     *
     * @param user whose it is
     * @param node name, network and receipts, as they were
     * @param wallMillis when it was made, by the clock of its device
     */
    public record About(UserId user, NodeConfig node, long wallMillis) {}

    /** Where the parts of a backup go. */
    private interface Parts {
        /** Takes keys and database, of which {@code length} bytes follow. */
        void take(IdentityFile.Secrets secrets, InputStream database, long length) throws IOException;

        /** The backup was whole. */
        void end(IdentityFile.Secrets secrets);
    }

    /**
     * Writes a backup of an open home; the node may run meanwhile. What is durable when it begins is in it, and nothing half.
     *
     * @param node name, network and receipts, which a restored home should have too
     * @param passphrase opens the backup; not that of the home
     * @param out stays open
     * @throws HostException DISK_FAILED
     */
    public static void write(Home home, NodeConfig node, char[] passphrase, OutputStream out) {
        write(home, node, passphrase, BackupKey.Cost.USUAL, out);
    }

    static void write(Home home, NodeConfig node, char[] passphrase, BackupKey.Cost cost, OutputStream out) {
        Crypto crypto = new JdkCrypto();
        try {
            BackupKey key = BackupKey.create(passphrase, cost, crypto);
            out.write(key.head().shared());
            out.write(key.check().shared());
            try (DataOutputStream body = new DataOutputStream(new BackupChunks.Sealing(out, key, crypto))) {
                part(body, ABOUT, about(node));
                part(body, KEYS, home.secrets().plain());
                try (Home.Snapshot snapshot = home.snapshot()) {
                    body.writeByte(DATABASE);
                    body.writeLong(Files.size(snapshot.file()));
                    Files.copy(snapshot.file(), body);
                }
                body.writeByte(END);
            }
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, "The backup cannot be written: " + e, e);
        }
    }

    /**
     * Reads a backup to its end and says what it is, without writing anything.
     *
     * @throws HostException PASSPHRASE_WRONG, BACKUP_DAMAGED or BACKUP_NEWER
     */
    public static About check(InputStream in, char[] passphrase) {
        return read(in, passphrase, new Parts() {
            @Override
            public void take(IdentityFile.Secrets secrets, InputStream database, long length) throws IOException {
                copy(database, length, OutputStream.nullOutputStream());
            }

            @Override
            public void end(IdentityFile.Secrets secrets) {}
        });
    }

    /**
     * Makes a new home from a backup. Either all of it is there at the end, or nothing.
     *
     * <p>The home from which the backup came must not be used again: both would be the same device, and each message would reach only one of
     * them. What contacts have learned since the backup was made stays true, see {@link linnet.core.node.Restored}.
     *
     * @param in the backup; stays open
     * @param passphrase of the backup
     * @param folder where the home will be: a path where nothing is, or an empty folder
     * @param homePassphrase protects the new home; null for none
     * @param files text files that belong in the new home too, by name: the program's configuration
     * @throws HostException HOME_EXISTS, PASSPHRASE_WRONG, BACKUP_DAMAGED, BACKUP_NEWER, HOME_NEWER or DISK_FAILED
     */
    public static About restore(
            InputStream in,
            char[] passphrase,
            Path folder,
            char @Nullable [] homePassphrase,
            Function<About, Map<String, String>> files) {
        try (HalfHome half = HalfHome.beside(folder)) {
            About about = read(in, passphrase, new Restoring(half, homePassphrase));
            half.write(HomeNetwork.FILE, about.node().network() + "\n");
            for (Map.Entry<String, String> file : files.apply(about).entrySet())
                half.write(file.getKey(), file.getValue());
            half.moveToItsPlace();
            return about;
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, "The home in " + folder + " cannot be written: " + e, e);
        }
    }

    private static final class Restoring implements Parts {
        private final HalfHome half;
        private final char @Nullable [] passphrase;

        Restoring(HalfHome half, char @Nullable [] passphrase) {
            this.half = half;
            this.passphrase = passphrase;
        }

        @Override
        public void take(IdentityFile.Secrets secrets, InputStream database, long length) throws IOException {
            half.writeKeys(secrets, passphrase);
            try (FileChannel file = half.createDatabase()) {
                copy(database, length, Channels.newOutputStream(file));
                file.force(true);
            }
        }

        @Override
        public void end(IdentityFile.Secrets secrets) {
            half.becomeNewLife(secrets);
        }
    }

    private static About read(InputStream in, char[] passphrase, Parts parts) {
        Crypto crypto = new JdkCrypto();
        try {
            Bytes head = Bytes.wrap(in.readNBytes(BackupKey.HEAD_BYTES));
            if (head.length() < BackupKey.HEAD_BYTES) throw BackupKey.damaged("it ends too early");
            BackupKey key = BackupKey.read(head, passphrase, crypto);
            if (!key.check().equals(Bytes.wrap(in.readNBytes(BackupKey.CHECK_BYTES))))
                throw new HostException(Kind.PASSPHRASE_WRONG, "The passphrase does not open this backup.");
            DataInputStream body = new DataInputStream(new BackupChunks.Opening(in, key, crypto));
            return parts(body, parts, crypto);
        } catch (EOFException e) {
            throw BackupKey.damaged("it ends too early");
        } catch (ProtocolViolation | IllegalArgumentException e) {
            // Sealed by the right key, and yet wrong: a program that we do not know wrote it.
            throw BackupKey.damaged("its parts are not what this program writes, " + e.getMessage());
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, "The backup cannot be read, or the home not written: " + e, e);
        }
    }

    private static About parts(DataInputStream body, Parts parts, Crypto crypto) throws IOException {
        Bytes about = part(body, ABOUT);
        IdentityFile.Secrets secrets = IdentityFile.Secrets.of(part(body, KEYS));
        UserId user =
                Identity.userId(crypto, crypto.signingPublic(secrets.identity().userSeed()));
        About found = about(about, user);
        if (body.readByte() != DATABASE) throw BackupKey.damaged("the database is missing");
        long length = body.readLong();
        if (length < 0) throw BackupKey.damaged("the database has a length of " + length);
        parts.take(secrets, body, length);
        if (body.readByte() != END || body.read() >= 0) throw BackupKey.damaged("it does not end where it should");
        parts.end(secrets);
        return found;
    }

    private static void part(DataOutputStream out, int kind, Bytes bytes) throws IOException {
        out.writeByte(kind);
        out.writeInt(bytes.length());
        out.write(bytes.shared());
    }

    private static Bytes part(DataInputStream in, int kind) throws IOException {
        int found = in.readByte();
        int length = in.readInt();
        if (found != kind || length < 0 || length > PART_BYTES_MAX)
            throw BackupKey.damaged("part " + kind + " is missing");
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return Bytes.wrap(bytes);
    }

    private static void copy(InputStream in, long length, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        long left = length;
        while (left > 0) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0) throw new EOFException();
            out.write(piece, 0, count);
            left -= count;
        }
    }

    private static Bytes about(NodeConfig node) {
        return new Writer()
                .uint64(1, System.currentTimeMillis())
                .text(2, node.name())
                .text(3, node.network())
                .uint(4, node.receipts() ? 1 : 0)
                .toBytes();
    }

    private static About about(Bytes part, UserId user) {
        long wallMillis = 0;
        String name = "";
        String network = "";
        boolean receipts = false;
        Reader reader = new Reader(part);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> wallMillis = reader.uint64(Long.MAX_VALUE);
                case 2 -> name = reader.text(0, PART_BYTES_MAX);
                case 3 -> network = reader.text(1, PART_BYTES_MAX);
                case 4 -> receipts = reader.uint(1) == 1;
                default -> reader.skip();
            }
        }
        return new About(user, new NodeConfig(name, network, receipts), wallMillis);
    }
}
