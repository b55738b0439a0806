package linnet.app.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import linnet.core.env.Failure;
import linnet.jvm.Home;
import linnet.jvm.HostException;

/** What can be seen of a home on the disk, without opening it. */
final class HomeChecks {
    /** The database, its journal and the logs fit, with room for a year of talk. */
    private static final long FREE_MEGABYTES_MIN = 200;

    /** A message is confirmed after one sync at each end: slower than this and people feel it. */
    private static final long SYNC_MILLIS_MAX = 50;

    private static final int SYNCS = 5;
    private static final int BLOCK_BYTES = 4_096;

    private final Path home;
    private final boolean hasPassphrase;

    /**
     * Creates the checks of a home.
     *
     * @param hasPassphrase whether a start from here would have one
     */
    HomeChecks(Path home, boolean hasPassphrase) {
        this.home = home;
        this.hasPassphrase = hasPassphrase;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        if (!Home.exists(home)) {
            findings.add(new Finding(
                    "home",
                    Finding.State.BROKEN,
                    HostException.Kind.NO_HOME.name(),
                    "there is no home in " + home,
                    "Start the node once: linnet up"));
            return findings;
        }
        findings.add(access());
        findings.add(permissions());
        findings.add(passphrase());
        findings.add(lock());
        findings.add(database());
        findings.add(space());
        findings.add(syncSpeed());
        return findings;
    }

    private Finding access() {
        List<Path> files = List.of(home, home.resolve("identity.key"), home.resolve("node.db"));
        for (Path file : files) {
            if (!Files.exists(file)) continue;
            if (!Files.isReadable(file) || !Files.isWritable(file))
                return Finding.broken(
                        "home", Failure.Code.NOT_AUTHORISED, file + " cannot be read and written by this account");
        }
        return Finding.well("home", home + " can be read and written");
    }

    private Finding permissions() {
        try {
            if (!Files.getFileStore(home).supportsFileAttributeView("posix"))
                return Finding.well("permissions", "the file system has none; the folder's own protection has to do");
            List<Path> open = new ArrayList<>();
            for (String name : List.of("", "identity.key", "api-token", "node.db")) {
                Path file = name.isEmpty() ? home : home.resolve(name);
                if (Files.exists(file) && isOpenToOthers(file)) open.add(file);
            }
            if (open.isEmpty()) return Finding.well("permissions", "only the owner can read the keys");
            return Finding.broken(
                    "permissions",
                    Failure.Code.NOT_AUTHORISED,
                    "others of this machine can read " + open,
                    "Close it: chmod -R go= " + home);
        } catch (IOException e) {
            return Finding.broken("permissions", HostException.Kind.DISK_FAILED, "cannot be read: " + e);
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream()
                .anyMatch(one -> one.name().startsWith("GROUP") || one.name().startsWith("OTHERS"));
    }

    private Finding passphrase() {
        try {
            if (!Home.needsPassphrase(home))
                return Finding.well("keys", "not encrypted; a passphrase would protect them on a stolen disk");
            if (hasPassphrase) return Finding.well("keys", "encrypted with a passphrase");
            return Finding.weak(
                    "keys",
                    "encrypted with a passphrase that this environment does not have",
                    "The next start needs it: LINNET_PASSPHRASE, or passphrase.file.");
        } catch (HostException e) {
            return Finding.broken("keys", e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private Finding lock() {
        try {
            return Finding.well("lock", isOpen(home) ? "a process has the home open" : "no process has the home open");
        } catch (IOException e) {
            return Finding.broken("lock", HostException.Kind.DISK_FAILED, "cannot be read: " + e);
        }
    }

    /** Returns whether a process has a home open: the lock ends with its process, whatever the files tell. */
    static boolean isOpen(Path home) throws IOException {
        Path file = home.resolve("lock");
        if (!Files.exists(file)) return false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // this process itself
        }
    }

    private Finding database() {
        Path file = home.resolve("node.db");
        if (!Files.exists(file)) return Finding.well("database", "none yet; the first start makes it");
        String url = "jdbc:sqlite:file:" + file + "?mode=ro";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            String version = one(statement, "PRAGMA user_version");
            String sound = one(statement, "PRAGMA quick_check(1)");
            if (sound.equals("ok")) return Finding.well("database", "sound, version " + version);
            return Finding.broken("database", HostException.Kind.HOME_DAMAGED, "it is damaged: " + sound);
        } catch (SQLException e) {
            return Finding.broken("database", HostException.Kind.HOME_DAMAGED, "cannot be read: " + e.getMessage());
        }
    }

    private static String one(Statement statement, String question) throws SQLException {
        try (ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private Finding space() {
        try {
            FileStore store = Files.getFileStore(home);
            long megabytes = store.getUsableSpace() / (1_024 * 1_024);
            if (megabytes >= FREE_MEGABYTES_MIN) return Finding.well("disk space", megabytes + " MB are free");
            return Finding.broken(
                    "disk space",
                    HostException.Kind.DISK_FAILED,
                    "only " + megabytes + " MB are free; " + FREE_MEGABYTES_MIN + " are needed");
        } catch (IOException e) {
            return Finding.broken("disk space", HostException.Kind.DISK_FAILED, "cannot be read: " + e);
        }
    }

    private Finding syncSpeed() {
        Path file = home.resolve("doctor.tmp");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            long[] nanos = new long[SYNCS];
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
                channel.force(true);
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            double millis = nanos[SYNCS / 2] / 1e6;
            String words = "a sync takes " + Math.round(millis * 10) / 10.0 + " ms";
            if (millis <= SYNC_MILLIS_MAX) return Finding.well("disk speed", words);
            return Finding.weak("disk speed", words, "Every message waits for one: put the home on a faster disk.");
        } catch (IOException e) {
            return Finding.broken("disk speed", HostException.Kind.DISK_FAILED, "nothing can be written: " + e);
        }
    }
}
