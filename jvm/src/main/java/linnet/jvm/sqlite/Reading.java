package linnet.jvm.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.jvm.Conversation;
import linnet.jvm.History;
import linnet.jvm.HistoryMessage;
import linnet.jvm.HostException;
import linnet.jvm.KeptEvents;
import linnet.jvm.NumberedEvent;
import org.jspecify.annotations.Nullable;

/** Reads history and events over a connection of its own, from any thread, one at a time. Sees only what is durable. */
public final class Reading implements History, KeptEvents, AutoCloseable {
    /** A received message is read when the person has seen it, which its conversation knows. */
    private static final String STAGE = "CASE WHEN own = 0 AND number <= (SELECT read_number FROM conversations seen"
            + " WHERE seen.with_user_id = messages.with_user_id) THEN 'READ' ELSE stage END AS stage";

    private static final String COLUMNS = "number, message_id, conversation_id, messages.with_user_id, own, device_id,"
            + " sent_wall_millis, place, content, " + STAGE
            + ", at_peer_id, cause, cause_detail, next_try_wall_millis, path";
    private static final String MESSAGE = "SELECT " + COLUMNS + " FROM messages ";

    private final Connection connection;
    private final Seal seal;
    private final PreparedStatement history;
    private final PreparedStatement historyAfter;
    private final PreparedStatement byId;
    private final PreparedStatement ownById;
    private final PreparedStatement conversations;
    private final PreparedStatement withUnread;
    private final PreparedStatement received;
    private final PreparedStatement events;

    /**
     * Opens a file that {@link SqliteStore} has brought up to date.
     *
     * @param crypto this reader's own
     */
    public Reading(Path file, Crypto crypto, Bytes dataKey) {
        seal = new Seal(crypto, dataKey);
        connection = Database.openForReading(file);
        try {
            history = connection.prepareStatement(
                    MESSAGE + "WHERE with_user_id = ? AND number < ? ORDER BY number DESC LIMIT ?");
            historyAfter = connection.prepareStatement(
                    MESSAGE + "WHERE with_user_id = ? AND number > ? ORDER BY number LIMIT ?");
            ownById = connection.prepareStatement(MESSAGE + "WHERE with_user_id = ? AND own = 1 AND message_id = ?");
            withUnread = connection.prepareStatement(
                    "SELECT with_user_id, max(read_number, ?) FROM conversations WHERE unread > 0");
            received = connection.prepareStatement(
                    MESSAGE + "WHERE with_user_id = ? AND own = 0 AND number > ? ORDER BY number LIMIT ?");
            conversations = connection.prepareStatement("SELECT unread, read_number, " + COLUMNS
                    + " FROM conversations JOIN messages ON number = last_number"
                    + " WHERE last_number < ? ORDER BY last_number DESC LIMIT ?");
            byId = connection.prepareStatement(MESSAGE + "WHERE message_id = ? ORDER BY own DESC LIMIT 1");
            events = connection.prepareStatement(
                    "SELECT number, wall_millis, event FROM events WHERE number > ? ORDER BY number LIMIT ?");
        } catch (SQLException e) {
            HostException why = Database.failure(e);
            Database.close(connection, why);
            throw why;
        }
    }

    /** Copies a database as it is at one moment into an empty file, while another connection may write. */
    public static void copy(Path file, Path to) {
        try (Connection connection = Database.openForReading(file);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, to.toString());
            copy.execute();
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    @Override
    public synchronized List<HistoryMessage> history(UserId with, long beforeNumber, int limit) {
        List<HistoryMessage> messages = page(history, with, beforeNumber, limit);
        Collections.reverse(messages);
        return messages;
    }

    @Override
    public synchronized List<HistoryMessage> historyAfter(UserId with, long afterNumber, int limit) {
        return page(historyAfter, with, afterNumber, limit);
    }

    private List<HistoryMessage> page(PreparedStatement query, UserId with, long number, int limit) {
        try {
            query.setString(1, with.toString());
            query.setLong(2, number);
            query.setInt(3, limit);
            return messages(query);
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    private List<HistoryMessage> messages(PreparedStatement query) throws SQLException {
        List<HistoryMessage> messages = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) messages.add(message(row));
        }
        return messages;
    }

    @Override
    public synchronized List<HistoryMessage> unread(long afterNumber, int limit) {
        List<HistoryMessage> found = new ArrayList<>();
        try {
            withUnread.setLong(1, afterNumber);
            try (ResultSet row = withUnread.executeQuery()) {
                while (row.next()) found.addAll(page(received, UserId.parse(row.getString(1)), row.getLong(2), limit));
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
        found.sort(Comparator.comparingLong(HistoryMessage::number));
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    @Override
    public synchronized List<Conversation> conversations(long beforeNumber, int limit) {
        try {
            conversations.setLong(1, beforeNumber);
            conversations.setInt(2, limit);
            List<Conversation> found = new ArrayList<>();
            try (ResultSet row = conversations.executeQuery()) {
                while (row.next()) {
                    HistoryMessage last = message(row);
                    found.add(new Conversation(last.with(), last, row.getLong("unread"), row.getLong("read_number")));
                }
            }
            return found;
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    @Override
    public synchronized @Nullable HistoryMessage ownMessage(UserId to, MessageId id) {
        try {
            ownById.setString(1, to.toString());
            ownById.setString(2, id.toString());
            try (ResultSet row = ownById.executeQuery()) {
                return row.next() ? message(row) : null;
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    @Override
    public synchronized @Nullable HistoryMessage message(MessageId id) {
        try {
            byId.setString(1, id.toString());
            try (ResultSet row = byId.executeQuery()) {
                return row.next() ? message(row) : null;
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    @Override
    public synchronized List<NumberedEvent> eventsAfter(long since, int limit) {
        try {
            events.setLong(1, since);
            events.setInt(2, limit);
            List<NumberedEvent> found = new ArrayList<>();
            try (ResultSet row = events.executeQuery()) {
                while (row.next()) {
                    long number = row.getLong(1);
                    Event event = EventCodec.read(seal.open("event/" + number, row.getBytes(3)));
                    found.add(new NumberedEvent(number, row.getLong(2), event));
                }
            }
            return found;
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    @Override
    public synchronized long lastEvent() {
        try {
            return SqliteDisk.lastEvent(connection);
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    private HistoryMessage message(ResultSet row) throws SQLException {
        String id = row.getString("message_id");
        String with = row.getString("with_user_id");
        boolean own = row.getInt("own") == 1;
        int cause = row.getInt("cause");
        Bytes content = seal.open(People.placeOfMessage(with, own, id), row.getBytes("content"));
        return new HistoryMessage(
                row.getLong("number"),
                new MessageId(bytes(id)),
                new ConversationId(Key.of(bytes(row.getString("conversation_id")))),
                UserId.parse(with),
                own,
                peer(row.getString("device_id")),
                row.getLong("sent_wall_millis"),
                Event.Order.valueOf(row.getString("place")),
                EventCodec.readContent(content),
                Stage.valueOf(row.getString("stage")),
                peer(row.getString("at_peer_id")),
                cause == 0 ? null : new Failure(Failure.Code.of(cause), row.getString("cause_detail")),
                row.getLong("next_try_wall_millis"),
                row.getString("path"));
    }

    private static @Nullable PeerId peer(@Nullable String text) {
        return text == null ? null : PeerId.parse(text);
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
