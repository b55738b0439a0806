package linnet.jvm.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;

/** Writes the tables for people: the history with its conversations, and the three tables of seed 001 (local storage schema). */
final class People {
    /** Peers remembered in {@code routes} and {@code connections}: strangers come and go, the file must not grow with them. */
    private static final int PEERS_MAX = 10_000;

    /** How many events of reach lie between two prunings, each of which walks the table. */
    private static final int PRUNE_EVERY = 1_000;

    private static final String DIRECT = "direct";

    private final Connection connection;
    private final Seal seal;
    private final PreparedStatement message;
    private final PreparedStatement newest;
    private final PreparedStatement numberOf;
    private final PreparedStatement see;
    private final PreparedStatement progress;
    private final PreparedStatement queue;
    private final PreparedStatement retried;
    private final PreparedStatement dequeue;
    private final PreparedStatement connected;
    private final PreparedStatement disconnected;
    private final PreparedStatement routeUp;
    private final PreparedStatement routeDown;
    private int reached;

    People(Connection connection, Seal seal) throws SQLException {
        this.connection = connection;
        this.seal = seal;
        message = connection.prepareStatement(
                "INSERT OR IGNORE INTO messages (message_id, conversation_id, with_user_id, own,"
                        + " device_id, sent_wall_millis, place, content, stage, next_try_wall_millis, path)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)");
        newest =
                connection.prepareStatement("INSERT INTO conversations (with_user_id, last_number, read_number, unread)"
                        + " VALUES (?, last_insert_rowid(), 0, ?) ON CONFLICT (with_user_id) DO UPDATE SET"
                        + " last_number = excluded.last_number, unread = unread + excluded.unread");
        numberOf = connection.prepareStatement(
                "SELECT number FROM messages WHERE with_user_id = ? AND own = 0 AND message_id = ?");
        // Counts only what was unread until now, so that a mark costs as much as what it marks.
        see = connection.prepareStatement("UPDATE conversations SET read_number = ?1, unread = unread"
                + " - (SELECT count(*) FROM messages WHERE with_user_id = ?2 AND own = 0"
                + " AND number > conversations.read_number AND number <= ?1)"
                + " WHERE with_user_id = ?2 AND read_number < ?1");
        progress = connection.prepareStatement(
                "UPDATE messages SET stage = ?, at_peer_id = ?, cause = ?, cause_detail = ?,"
                        + " next_try_wall_millis = ?, path = ? WHERE with_user_id = ? AND own = 1 AND message_id = ?");
        queue = connection.prepareStatement("INSERT OR IGNORE INTO offline_messages"
                + " (message_id, to_user_id, content, queued_at, retry_count) VALUES (?, ?, ?, ?, 0)");
        retried = connection.prepareStatement(
                "UPDATE offline_messages SET retry_count = retry_count + 1 WHERE message_id = ?");
        dequeue = connection.prepareStatement("DELETE FROM offline_messages WHERE message_id = ?");
        connected = connection.prepareStatement("INSERT INTO connections"
                + " (peer_id, connection_state, data_channel_state, connected_at) VALUES (?, 'CONNECTED', 'open', ?)"
                + " ON CONFLICT (peer_id) DO UPDATE SET connection_state = 'CONNECTED', data_channel_state = 'open',"
                + " connected_at = excluded.connected_at");
        disconnected = connection.prepareStatement(
                "INSERT INTO connections"
                        + " (peer_id, connection_state, data_channel_state, connected_at) VALUES (?, 'DISCONNECTED', 'closed', NULL)"
                        + " ON CONFLICT (peer_id) DO UPDATE SET connection_state = 'DISCONNECTED', data_channel_state = 'closed'");
        routeUp = connection.prepareStatement("INSERT INTO routes"
                + " (peer_id, user_id, signal_address, last_seen, ups, downs, path) VALUES (?, ?, ?, ?, 1, 0, '"
                + DIRECT + "')"
                + " ON CONFLICT (peer_id) DO UPDATE SET user_id = coalesce(excluded.user_id, user_id), signal_address ="
                + " coalesce(excluded.signal_address, signal_address), last_seen = excluded.last_seen, ups = ups + 1,"
                + " path = excluded.path");
        routeDown = connection.prepareStatement("INSERT INTO routes"
                + " (peer_id, user_id, signal_address, last_seen, ups, downs, path) VALUES (?, ?, NULL, NULL, 0, ?, '')"
                + " ON CONFLICT (peer_id) DO UPDATE SET user_id = coalesce(excluded.user_id, user_id),"
                + " downs = downs + excluded.downs");
    }

    /** What an earlier run left as connected is not any more. */
    void allDisconnected() throws SQLException {
        execute("UPDATE connections SET connection_state = 'DISCONNECTED', data_channel_state = 'closed'");
    }

    void on(Event event, Batch batch) throws SQLException {
        if (event instanceof Event.Accepted accepted) onAccepted(accepted, batch.wallMillis);
        else if (event instanceof Event.Received received) onReceived(received);
        else if (event instanceof Event.Progress step) onProgress(step);
        else if (event instanceof Event.Reached change) onReached(change, batch);
        else if (!(event instanceof Event.ContactChanged)) throw new AssertionError(event);
    }

    /** Where the content of a history line is sealed to. */
    static String placeOfMessage(String with, boolean own, String id) {
        return "message/" + with + "/" + (own ? "own/" : "theirs/") + id;
    }

    private void onAccepted(Event.Accepted accepted, long wallMillis) throws SQLException {
        String id = accepted.id().toString();
        insert(accepted.to(), true, id, accepted.in().key().hex(), accepted.content());
        message.setNull(5, Types.VARCHAR);
        message.setLong(6, accepted.sentWallMillis());
        message.setString(7, Event.Order.IN_ORDER.name());
        message.setString(9, Stage.QUEUED.name());
        message.setString(10, "");
        addMessage(accepted.to(), 0);
        queue.setString(1, id);
        queue.setString(2, accepted.to().toString());
        queue.setBytes(3, seal.close("offline/" + id, EventCodec.writeContent(accepted.content())));
        queue.setLong(4, wallMillis);
        queue.executeUpdate();
    }

    private void onReceived(Event.Received received) throws SQLException {
        insert(
                received.from(),
                false,
                received.id().toString(),
                received.in().key().hex(),
                received.content());
        message.setString(5, received.device().toString());
        message.setLong(6, received.sentWallMillis());
        message.setString(7, received.order().name());
        message.setString(9, Stage.DELIVERED.name());
        message.setString(10, DIRECT);
        addMessage(received.from(), 1);
    }

    /** A message that is there already, because the host began anew from an older batch, is not counted again. */
    private void addMessage(UserId with, int unread) throws SQLException {
        if (message.executeUpdate() == 0) return;
        newest.setString(1, with.toString());
        newest.setInt(2, unread);
        newest.executeUpdate();
    }

    void onSeen(Batch.Seen seen) throws SQLException {
        long newestSeen = 0;
        for (MessageId id : seen.ids()) {
            numberOf.setString(1, seen.with().toString());
            numberOf.setString(2, id.toString());
            try (ResultSet row = numberOf.executeQuery()) {
                if (row.next()) newestSeen = Math.max(newestSeen, row.getLong(1));
            }
        }
        see.setLong(1, newestSeen);
        see.setString(2, seen.with().toString());
        see.executeUpdate();
    }

    private void insert(UserId with, boolean own, String id, String conversation, Content content) throws SQLException {
        message.setString(1, id);
        message.setString(2, conversation);
        message.setString(3, with.toString());
        message.setInt(4, own ? 1 : 0);
        message.setBytes(8, seal.close(placeOfMessage(with.toString(), own, id), EventCodec.writeContent(content)));
    }

    private void onProgress(Event.Progress step) throws SQLException {
        String id = step.id().toString();
        PeerId at = step.at();
        Failure cause = step.cause();
        boolean travelled = step.stage() != Stage.QUEUED && step.stage() != Stage.FAILED;
        progress.setString(1, step.stage().name());
        progress.setString(2, at == null ? null : at.toString());
        if (cause == null) progress.setNull(3, Types.INTEGER);
        else progress.setInt(3, cause.code().number());
        progress.setString(4, cause == null ? null : cause.detail());
        progress.setLong(5, step.nextTryWallMillis());
        progress.setString(6, travelled ? DIRECT : "");
        progress.setString(7, step.to().toString());
        progress.setString(8, id);
        progress.executeUpdate();
        boolean over = step.stage().compareTo(Stage.DELIVERED) >= 0;
        PreparedStatement waiting = over ? dequeue : retried;
        if (!over && cause == null) return;
        waiting.setString(1, id);
        waiting.executeUpdate();
    }

    private void onReached(Event.Reached change, Batch batch) throws SQLException {
        String peer = change.peer().toString();
        UserId user = change.user();
        if (change.reach() == Event.Reach.DIRECT) {
            connected.setString(1, peer);
            connected.setLong(2, batch.wallMillis);
            connected.executeUpdate();
            routeUp.setString(1, peer);
            routeUp.setString(2, user == null ? null : user.toString());
            routeUp.setString(3, batch.remote);
            routeUp.setLong(4, batch.wallMillis);
            routeUp.executeUpdate();
        } else {
            disconnected.setString(1, peer);
            disconnected.executeUpdate();
            routeDown.setString(1, peer);
            routeDown.setString(2, user == null ? null : user.toString());
            routeDown.setInt(3, isFault(change) ? 1 : 0);
            routeDown.executeUpdate();
        }
        reached++;
        if (reached % PRUNE_EVERY == 0) prune();
    }

    /** A peer that says goodbye has not failed. */
    private static boolean isFault(Event.Reached change) {
        Failure why = change.why();
        return why != null && why.code() != Failure.Code.STOPPING && why.code() != Failure.Code.DUPLICATE;
    }

    private void prune() throws SQLException {
        execute("DELETE FROM routes WHERE peer_id IN (SELECT peer_id FROM routes"
                + " ORDER BY user_id IS NULL, last_seen DESC LIMIT -1 OFFSET " + PEERS_MAX + ")");
        execute("DELETE FROM connections WHERE peer_id NOT IN (SELECT peer_id FROM routes)");
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(command);
        }
    }
}
