package linnet.jvm.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.jvm.HostException;
import linnet.jvm.NumberedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Batches as rows: the protocols' tables, the events, and the tables for people, in one transaction. */
final class SqliteDisk implements Disk {
    /** Events kept for applications that come back: a day of a busy node. */
    static final int EVENTS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final Connection connection;
    private final Seal seal;
    private final PreparedStatement put;
    private final PreparedStatement remove;
    private final PreparedStatement note;
    private final PreparedStatement forget;
    private final People people;
    private long lastEvent;

    private record Place(String table, String key) {}

    /** Opens the file, which exists, and brings it up to date. */
    SqliteDisk(Path file, Seal seal) {
        this.seal = seal;
        connection = Database.openForWriting(file);
        try {
            put = connection.prepareStatement("INSERT OR REPLACE INTO protocol (name, key, value) VALUES (?, ?, ?)");
            remove = connection.prepareStatement("DELETE FROM protocol WHERE name = ? AND key = ?");
            note = connection.prepareStatement("INSERT INTO events (number, wall_millis, event) VALUES (?, ?, ?)");
            forget = connection.prepareStatement("DELETE FROM events WHERE number <= ?");
            people = new People(connection, seal);
            people.allDisconnected();
            connection.commit();
            lastEvent = lastEvent(connection);
        } catch (SQLException e) {
            HostException why = Database.failure(e);
            abandon(why);
            throw why;
        }
    }

    /** Closes the file after a failure, which stays the one that is told. */
    void abandon(RuntimeException why) {
        Database.close(connection, why);
    }

    /** Reads everything that the protocols have. */
    Tables load() {
        Tables tables = new Tables();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, key, value FROM protocol")) {
            while (row.next()) {
                Place place = new Place(row.getString(1), row.getString(2));
                tables.put(place.table(), place.key(), seal.open(where(place), row.getBytes(3)));
            }
            connection.commit();
        } catch (SQLException e) {
            throw Database.failure(e);
        }
        return tables;
    }

    long lastEvent() {
        return lastEvent;
    }

    static long lastEvent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(number), 0) FROM events")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Returns a setting of the connection that commits. */
    String pragma(String name) throws SQLException {
        return Database.pragma(connection, name);
    }

    @Override
    public List<NumberedEvent> write(List<Batch> batches) throws SQLException {
        try {
            writePuts(batches);
            List<NumberedEvent> numbered = writeEvents(batches);
            connection.commit();
            lastEvent += numbered.size();
            return numbered;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Closes the file, which is whole without its log then: readers that are still there would keep SQLite from it. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            checkpoint();
        }
    }

    private void checkpoint() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            // What was committed is in the log as well, and whoever opens the file next moves it.
            LOG.warn("database.checkpoint.failed: {}", e.toString());
        }
    }

    /** Of several writes to one place in this transaction only the last is visible, so only that one is made. */
    private void writePuts(List<Batch> batches) throws SQLException {
        Map<Place, @Nullable Bytes> last = new LinkedHashMap<>();
        for (Batch batch : batches) for (Batch.Put p : batch.puts) last.put(new Place(p.table(), p.key()), p.value());
        for (Map.Entry<Place, @Nullable Bytes> entry : last.entrySet()) {
            Place place = entry.getKey();
            Bytes value = entry.getValue();
            PreparedStatement statement = value == null ? remove : put;
            statement.setString(1, place.table());
            statement.setString(2, place.key());
            if (value != null) statement.setBytes(3, seal.close(where(place), value));
            statement.executeUpdate();
        }
    }

    private List<NumberedEvent> writeEvents(List<Batch> batches) throws SQLException {
        List<NumberedEvent> numbered = new ArrayList<>();
        for (Batch batch : batches) {
            for (Event event : batch.events) {
                long number = lastEvent + 1 + numbered.size();
                note.setLong(1, number);
                note.setLong(2, batch.wallMillis);
                note.setBytes(3, seal.close("event/" + number, EventCodec.write(event)));
                note.executeUpdate();
                people.on(event, batch);
                numbered.add(new NumberedEvent(number, batch.wallMillis, event));
            }
            for (Batch.Seen seen : batch.seen) people.onSeen(seen);
        }
        if (!numbered.isEmpty()) {
            forget.setLong(1, lastEvent + numbered.size() - EVENTS_MAX);
            forget.executeUpdate();
        }
        return numbered;
    }

    private static String where(Place place) {
        return "protocol/" + place.table() + "/" + place.key();
    }
}
