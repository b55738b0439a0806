package linnet.bench.message;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** One row and one COMMIT that waits for the disk, again and again: what durability costs here by itself. */
final class RawCommits {
    private static final int ROW_BYTES = 300;
    private static final long NANOS_PER_MICRO = 1_000;

    private RawCommits() {}

    static long[] micros(Path home, int count) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        long[] micros = new long[count];
        try (Connection connection = config.createConnection("jdbc:sqlite:" + home.resolve("raw.db"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE IF NOT EXISTS rows (number INTEGER PRIMARY KEY, value BLOB NOT NULL)");
            connection.commit();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO rows (value) VALUES (?)")) {
                for (int i = 0; i < count; i++) {
                    long from = System.nanoTime();
                    insert.setBytes(1, new byte[ROW_BYTES]);
                    insert.executeUpdate();
                    connection.commit();
                    micros[i] = (System.nanoTime() - from) / NANOS_PER_MICRO;
                }
            }
        }
        return micros;
    }
}
