package linnet.jvm.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens {@code node.db}: the settings that durability rests on, and the numbered scripts. */
final class Database {
    /** The newest script. {@code PRAGMA user_version} in a file says which was the last that ran there. */
    static final int VERSION = 2;

    /** How long a statement waits for another program that looks into the file. */
    private static final int BUSY_MILLIS = 5_000;

    private Database() {}

    /**
     * Opens the only connection that writes: COMMIT returns when the disk has it. Brings an older file up to date; refuses a newer
     * one with HOME_NEWER.
     */
    static Connection openForWriting(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            try {
                connection.setAutoCommit(false);
                migrate(connection);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Opens a connection that cannot write. */
    static Connection openForReading(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            return config.createConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Closes a connection after a failure, which stays the one that is told. */
    static void close(Connection connection, RuntimeException why) {
        try {
            connection.close();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** Returns the value of a pragma of this connection. */
    static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** Returns whether another program holds the file, so that trying again may help. */
    static boolean isBusy(SQLException e) {
        return e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** Says in words what the database driver says. */
    static HostException failure(SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code) {
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new HostException(Kind.HOME_DAMAGED, "node.db is damaged: " + e.getMessage(), e);
            case SQLITE_FULL -> new HostException(Kind.DISK_FAILED, "The disk is full: " + e.getMessage(), e);
            default -> new HostException(Kind.DISK_FAILED, "node.db cannot be used: " + e.getMessage(), e);
        };
    }

    private static void migrate(Connection connection) throws SQLException {
        int version = Integer.parseInt(pragma(connection, "user_version"));
        if (version > VERSION)
            throw new HostException(
                    Kind.HOME_NEWER,
                    "node.db has version " + version + "; this program knows versions up to " + VERSION + ".");
        try (Statement statement = connection.createStatement()) {
            for (int next = version + 1; next <= VERSION; next++) {
                for (String command : script(next)) statement.execute(command);
                statement.execute("PRAGMA user_version = " + next);
            }
        }
        connection.commit();
    }

    /** Returns the commands of a script. None of them holds a semicolon anywhere else than at its end. */
    private static String[] script(int number) {
        String name = "00" + number + ".sql";
        try (InputStream in = Database.class.getResourceAsStream("/linnet/jvm/sqlite/" + name)) {
            if (in == null) throw new IllegalStateException("no script " + name);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("--[^\n]*", "").strip().split(";\\s*", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
