package linnet.jvm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.id.Bytes;
import linnet.jvm.HostException.Kind;
import linnet.jvm.sqlite.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one node, open in this process and locked against all others:
 *
 * <pre>
 *   config.yaml    what the owner set (the program reads it, not the home)
 *   identity.key   the private keys, see {@link IdentityFile}
 *   node.db        what the node keeps, see the package sqlite
 *   api-token      who may talk to the local API (the program's)
 *   native/        the database's library while it is in use
 *   backup.db      a copy of node.db while a backup is written
 *   lock           held while a process has the home open; its pid, for people
 *   logs/
 * </pre>
 *
 * <p>Only the owner can read any of it, because the folder is 0700. What holds secrets ({@code identity.key}, {@code node.db},
 * {@code api-token}) and the lock are 0600 besides; everything else has the permissions with which its writer made it. Permissions that were
 * widened are taken back when the home is opened. On file systems without such permissions the folder's place has to do.
 */
public final class Home implements AutoCloseable {
    /** What may lie in the folder before there is an identity: the owner's configuration, and traces of a start that failed. */
    private static final List<String> BEFORE_CREATION = List.of("config.yaml", "lock", "logs", "native");

    /** The name of the database file. */
    static final String DATABASE = "node.db";

    /** The name of a copy of the database, while a backup is written. */
    private static final String SNAPSHOT = "backup.db";

    private final Path folder;
    private final HomeLock lock;
    private final IdentityFile.Secrets secrets;

    private Home(Path folder, HomeLock lock, IdentityFile.Secrets secrets) {
        this.folder = folder;
        this.lock = lock;
        this.secrets = secrets;
    }

    /** Returns whether {@code folder} holds a home. */
    public static boolean exists(Path folder) {
        return Files.exists(identityFile(folder));
    }

    /** Returns whether the home in {@code folder} opens only with a passphrase. */
    public static boolean needsPassphrase(Path folder) {
        return IdentityFile.needsPassphrase(readIdentity(folder));
    }

    /**
     * Creates a home with a new identity, and opens it. Fails with HOME_EXISTS or HOME_LOCKED; HOME_EXISTS too for a folder that holds
     * other things, because from here on only the owner could read them.
     */
    public static Home create(Path folder, char @Nullable [] passphrase) {
        try {
            if (!Files.exists(folder)) PrivateFiles.createFolders(folder);
            if (!exists(folder)) requireOwnFolder(folder);
            PrivateFiles.protect(folder);
            HomeLock lock = HomeLock.of(folder);
            try {
                if (exists(folder))
                    throw new HostException(Kind.HOME_EXISTS, "There is a home in " + folder + " already.");
                Crypto crypto = new JdkCrypto();
                IdentityFile.Secrets secrets = IdentityFile.Secrets.create(crypto);
                PrivateFiles.write(identityFile(folder), IdentityFile.write(secrets, passphrase, crypto));
                return new Home(folder, lock, secrets);
            } catch (RuntimeException | IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, "The home in " + folder + " cannot be written: " + e, e);
        }
    }

    /**
     * Opens a home and locks it. Slow with a passphrase, on purpose.
     *
     * <p>Fails with NO_HOME, HOME_LOCKED (naming the process), HOME_NEWER, HOME_DAMAGED, PASSPHRASE_NEEDED or PASSPHRASE_WRONG.
     */
    public static Home open(Path folder, char @Nullable [] passphrase) {
        if (!exists(folder)) throw new HostException(Kind.NO_HOME, "There is no home in " + folder + ".");
        try {
            PrivateFiles.protect(folder);
            PrivateFiles.protect(identityFile(folder));
            HomeLock lock = HomeLock.of(folder);
            try {
                return new Home(folder, lock, IdentityFile.read(readIdentity(folder), passphrase, new JdkCrypto()));
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, "The home in " + folder + " cannot be opened: " + e, e);
        }
    }

    private static void requireOwnFolder(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (BEFORE_CREATION.contains(file.getFileName().toString())) continue;
                throw new HostException(
                        Kind.HOME_EXISTS,
                        folder + " holds other things, such as " + file.getFileName()
                                + ". A home needs a folder of its own.");
            }
        }
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /** Returns the file {@code config.yaml} of a home, which may be absent. */
    public static Path config(Path folder) {
        return folder.resolve("config.yaml");
    }

    /** Returns the file {@code api-token} of a home, which may be absent. */
    public static Path apiToken(Path folder) {
        return folder.resolve("api-token");
    }

    /** Returns the folder {@code logs} of a home, which may be absent. */
    public static Path logs(Path folder) {
        return folder.resolve("logs");
    }

    /** Writes a file that only the owner can read: whole and durable, or not at all. */
    public static void writePrivately(Path file, String text) {
        try {
            PrivateFiles.write(file, text);
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, file + " cannot be written: " + e, e);
        }
    }

    /** Opens a fresh file that only the owner can read. */
    public static OutputStream openPrivately(Path file) throws IOException {
        return Channels.newOutputStream(PrivateFiles.create(file));
    }

    /** Makes a folder, and those above it that are missing, which nobody else could look into at any moment. */
    public static void createPrivately(Path folder) {
        try {
            PrivateFiles.createFolders(folder);
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, folder + " cannot be made: " + e, e);
        }
    }

    /**
     * Changes the passphrase: {@code identity.key} is written anew, whole or not at all. Slow on purpose.
     *
     * @param current the passphrase until now; null when there is none
     * @param next the passphrase from now on; null for none
     * @throws HostException PASSPHRASE_NEEDED, PASSPHRASE_WRONG, HOME_DAMAGED or DISK_FAILED
     */
    public synchronized void changePassphrase(char @Nullable [] current, char @Nullable [] next) {
        Crypto crypto = new JdkCrypto();
        Path file = identityFile(folder);
        IdentityFile.Secrets kept = IdentityFile.read(readIdentity(folder), current, crypto);
        if (!kept.equals(secrets))
            throw new HostException(Kind.HOME_DAMAGED, file + " was replaced: these are not the keys of this home.");
        writePrivately(file, IdentityFile.write(kept, next, crypto));
    }

    /** Returns the private keys. */
    public Identity identity() {
        return secrets.identity();
    }

    /** Returns the database file, created with the owner's permissions only. */
    Path database() {
        Path file = folder.resolve(DATABASE);
        try {
            if (!Files.exists(file)) PrivateFiles.create(file).close();
            PrivateFiles.protect(file);
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, file + " cannot be written: " + e, e);
        }
        return file;
    }

    /** A copy of the database as it was at one moment. */
    record Snapshot(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Copies the database, while a node may write to it; one copy at a time. */
    synchronized Snapshot snapshot() throws IOException {
        Archive.useLibrariesOf(folder);
        Snapshot copy = new Snapshot(folder.resolve(SNAPSHOT));
        try {
            // A process that was killed may have left one.
            copy.close();
            PrivateFiles.create(copy.file()).close();
            Reading.copy(database(), copy.file());
            return copy;
        } catch (RuntimeException | IOException e) {
            copy.close();
            throw e;
        }
    }

    /** Returns the private keys and the data key. */
    IdentityFile.Secrets secrets() {
        return secrets;
    }

    /**
     * Returns the folder {@code native}, empty: a process that is killed cannot take back the libraries that it unpacked, so they lie where
     * the next start removes them.
     */
    static Path nativeLibraries(Path folder) {
        Path libraries = folder.resolve("native");
        try {
            Files.createDirectories(libraries);
            PrivateFiles.protect(libraries);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(libraries)) {
                for (Path file : left) Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, libraries + " cannot be written: " + e, e);
        }
        return libraries;
    }

    /** Returns the key that seals what the node keeps. */
    Bytes dataKey() {
        return secrets.dataKey();
    }

    /** Unlocks the home. Does nothing the second time. */
    @Override
    public void close() {
        lock.close();
    }

    private static Path identityFile(Path folder) {
        return folder.resolve("identity.key");
    }

    private static String readIdentity(Path folder) {
        try {
            // Not as UTF-8: a damaged file must be found out by its format, not by an exception of the decoder.
            return Files.readString(identityFile(folder), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new HostException(Kind.NO_HOME, "There is no home in " + folder + ".", e);
        } catch (IOException e) {
            throw new HostException(Kind.DISK_FAILED, identityFile(folder) + " cannot be read: " + e, e);
        }
    }
}
