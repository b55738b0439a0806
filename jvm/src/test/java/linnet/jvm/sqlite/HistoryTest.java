package linnet.jvm.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import linnet.jvm.Conversation;
import linnet.jvm.HistoryMessage;
import linnet.jvm.JdkCrypto;
import linnet.jvm.NumberedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    private final Bytes dataKey = Bytes.wrap(new byte[32]);
    private Path file;
    private SqliteDisk disk;
    private Reading reading;

    @BeforeEach
    void open() throws Exception {
        file = Files.createFile(folder.resolve("node.db"));
        disk = new SqliteDisk(file, new Seal(new JdkCrypto(), dataKey));
        reading = new Reading(file, new JdkCrypto(), dataKey);
    }

    @AfterEach
    void close() throws Exception {
        reading.close();
        disk.close();
    }

    @Test
    void aConversationIsReadInPages() throws Exception {
        for (int i = 1; i <= 10; i++) happens(i % 2 == 0 ? Samples.accepted(i, "mine") : Samples.received(i, "theirs"));
        assertThat(reading.history(Samples.BOB, Long.MAX_VALUE, 4))
                .extracting(HistoryMessage::number)
                .containsExactly(7L, 8L, 9L, 10L);
        assertThat(reading.history(Samples.BOB, 7, 4))
                .extracting(HistoryMessage::number)
                .containsExactly(3L, 4L, 5L, 6L);
        assertThat(reading.history(Samples.BOB, 1, 4)).isEmpty();
    }

    @Test
    void aConversationIsReadForwardsToo() throws Exception {
        for (int i = 1; i <= 5; i++) happens(Samples.received(i, "theirs"));
        assertThat(reading.historyAfter(Samples.BOB, 2, 2))
                .extracting(HistoryMessage::number)
                .containsExactly(3L, 4L);
        assertThat(reading.historyAfter(Samples.BOB, 5, 2)).isEmpty();
    }

    @Test
    void conversationsAreListedByTheirNewestMessage() throws Exception {
        happens(Samples.received(1, "from Bob"), Samples.received(Samples.CAROL, 2, "from Carol"));
        happens(Samples.accepted(3, "to Bob"));
        assertThat(reading.conversations(Long.MAX_VALUE, 10))
                .extracting(Conversation::with, each -> each.last().content(), Conversation::unread)
                .containsExactly(
                        tuple(Samples.BOB, new Content.Text("to Bob"), 1L),
                        tuple(Samples.CAROL, new Content.Text("from Carol"), 1L));
        assertThat(reading.conversations(3, 10)).extracting(Conversation::with).containsExactly(Samples.CAROL);
        assertThat(reading.conversations(Long.MAX_VALUE, 1))
                .extracting(Conversation::with)
                .containsExactly(Samples.BOB);
    }

    @Test
    void whatWasSeenStaysSeen() throws Exception {
        for (int i = 1; i <= 6; i++) happens(Samples.received(i, "theirs"), Samples.accepted(100 + i, "mine"));
        seen(Samples.id(2), Samples.id(4));
        assertThat(bob())
                .extracting(Conversation::unread, Conversation::readNumber)
                .containsExactly(2L, 7L);
        seen(Samples.id(3));
        assertThat(bob().unread()).as("an older mark changes nothing").isEqualTo(2);
        seen(Samples.id(106), Samples.id(99));
        assertThat(bob().unread()).as("own and unknown messages are no marks").isEqualTo(2);
        happens(Samples.received(7, "another"));
        assertThat(bob().unread()).isEqualTo(3);
        seen(Samples.id(7));
        disk.close();
        disk = new SqliteDisk(file, new Seal(new JdkCrypto(), dataKey));
        assertThat(bob().unread()).isZero();
    }

    @Test
    void whatWasSeenIsToldOfEachMessage() throws Exception {
        happens(Samples.received(1, "theirs"), Samples.accepted(2, "mine"), Samples.received(3, "theirs"));
        seen(Samples.id(1));
        assertThat(reading.history(Samples.BOB, Long.MAX_VALUE, 10))
                .extracting(HistoryMessage::stage)
                .containsExactly(Stage.READ, Stage.QUEUED, Stage.DELIVERED);
    }

    @Test
    void whatNobodyHasSeenIsReadAcrossConversations() throws Exception {
        happens(Samples.received(1, "a"), Samples.received(Samples.CAROL, 2, "b"), Samples.accepted(3, "mine"));
        happens(Samples.received(4, "c"), Samples.received(Samples.CAROL, 5, "d"));
        seen(Samples.id(1));
        assertThat(reading.unread(0, 10)).extracting(HistoryMessage::number).containsExactly(2L, 4L, 5L);
        assertThat(reading.unread(0, 2)).extracting(HistoryMessage::number).containsExactly(2L, 4L);
        assertThat(reading.unread(4, 2)).extracting(HistoryMessage::number).containsExactly(5L);
    }

    @Test
    void aMessageThatIsToldTwiceIsUnreadOnce() throws Exception {
        happens(Samples.received(1, "theirs"));
        happens(Samples.received(1, "theirs"));
        assertThat(bob().unread()).isEqualTo(1);
    }

    @Test
    void ownMessagesAreFoundByRecipientAndId() throws Exception {
        happens(Samples.accepted(1, "mine"), Samples.received(2, "theirs"));
        assertThat(reading.ownMessage(Samples.BOB, Samples.id(1))).isEqualTo(reading.message(Samples.id(1)));
        assertThat(reading.ownMessage(Samples.BOB, Samples.id(2))).isNull();
        assertThat(reading.ownMessage(Samples.CAROL, Samples.id(1))).isNull();
    }

    @Test
    void everyQuestionAboutConversationsIsAnsweredFromAnIndex() throws Exception {
        for (String query : List.of(
                "SELECT * FROM conversations JOIN messages ON number = last_number WHERE last_number < 9 ORDER BY last_number DESC",
                "SELECT * FROM messages WHERE with_user_id = 'x' AND number < 9 ORDER BY number DESC",
                "SELECT * FROM messages WHERE with_user_id = 'x' AND number > 9 ORDER BY number",
                "SELECT * FROM messages WHERE with_user_id = 'x' AND own = 0 AND number > 9 ORDER BY number",
                "SELECT * FROM messages WHERE with_user_id = 'x' AND own = 1 AND message_id = 'y'",
                "SELECT * FROM messages WHERE message_id = 'y'"))
            assertThat(rows("EXPLAIN QUERY PLAN " + query).toString()).as(query).doesNotContain("SCAN", "TEMP B-TREE");
    }

    @Test
    void anOwnMessageShowsHowFarItIs() throws Exception {
        happens(Samples.accepted(1, "are you there?"), Samples.progress(1, Stage.QUEUED));
        assertThat(only()).satisfies(message -> {
            assertThat(message.own()).isTrue();
            assertThat(message.stage()).isEqualTo(Stage.QUEUED);
            assertThat(message.content()).isEqualTo(new Content.Text("are you there?"));
            assertThat(message.path()).isEmpty();
        });
        happens(Samples.waits(1, Code.NOT_LISTENING, 77));
        assertThat(only()).satisfies(message -> {
            assertThat(message.cause()).isEqualTo(new Failure(Code.NOT_LISTENING));
            assertThat(message.nextTryWallMillis()).isEqualTo(77);
        });
        happens(Samples.progress(1, Stage.SENT), Samples.progress(1, Stage.DELIVERED));
        assertThat(only()).satisfies(message -> {
            assertThat(message.stage()).isEqualTo(Stage.DELIVERED);
            assertThat(message.at()).isEqualTo(Samples.BOBS_DEVICE);
            assertThat(message.cause()).isNull();
            assertThat(message.path()).isEqualTo("direct");
        });
        assertThat(reading.message(Samples.id(1))).isEqualTo(only());
        assertThat(reading.message(Samples.id(2))).isNull();
    }

    @Test
    void aContactCannotTouchOwnMessagesByUsingTheirIds() throws Exception {
        happens(Samples.accepted(1, "mine"), Samples.received(1, "not yours"));
        assertThat(reading.history(Samples.BOB, Long.MAX_VALUE, 10))
                .extracting(HistoryMessage::content)
                .containsExactly(new Content.Text("mine"), new Content.Text("not yours"));
        assertThat(reading.message(Samples.id(1)).own()).isTrue();
    }

    @Test
    void everyEventIsReadAsItWasWritten() throws Exception {
        List<Event> events = List.of(
                Samples.accepted(1, "é 😀"),
                Samples.received(2, "x"),
                new Event.Received(
                        Samples.BOB,
                        Samples.BOBS_DEVICE,
                        Samples.TALK,
                        Samples.id(3),
                        7,
                        -1,
                        Event.Order.LATE,
                        new Content.Unknown(99)),
                Samples.progress(1, Stage.SENT),
                Samples.waits(1, Code.TIMEOUT, 5),
                Samples.up(),
                Samples.down(Code.STOPPING),
                new Event.Reached(Samples.BOBS_DEVICE, null, Event.Reach.OFFLINE, null),
                new Event.ContactChanged(Samples.BOB, "Bob", Event.ContactState.ACCEPTED, null),
                new Event.ContactChanged(
                        Samples.BOB, "", Event.ContactState.REFUSED, new Failure(Code.ALREADY_USED, "by another")));
        happens(events.toArray(new Event[0]));
        assertThat(reading.eventsAfter(0, 100)).extracting(NumberedEvent::event).isEqualTo(events);
        assertThat(reading.eventsAfter(0, 100))
                .extracting(NumberedEvent::number)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(reading.eventsAfter(4, 2)).extracting(NumberedEvent::number).containsExactly(5L, 6L);
    }

    @Test
    void tenThousandEventsAreKept() throws Exception {
        List<Event> many = new ArrayList<>();
        for (int i = 0; i < SqliteDisk.EVENTS_MAX + 5; i++) many.add(Samples.up());
        happens(many.toArray(new Event[0]));
        assertThat(reading.eventsAfter(0, 1).get(0).number()).isEqualTo(6);
        assertThat(reading.lastEvent()).isEqualTo(SqliteDisk.EVENTS_MAX + 5);
    }

    @Test
    void theThreeTablesOfTheSeedHaveExactlyItsColumns() throws Exception {
        assertThat(columns("peer_routes"))
                .containsExactly(
                        "user_id", "peer_id", "signal_address", "last_seen", "success_rate", "connection_path");
        assertThat(columns("offline_messages"))
                .containsExactly("message_id", "to_user_id", "content", "queued_at", "retry_count");
        assertThat(columns("connections"))
                .containsExactly("peer_id", "connection_state", "data_channel_state", "connected_at");
    }

    @Test
    void theQueueCanBeReadByPlainSql() throws Exception {
        happens(Samples.accepted(1, "hello"), Samples.progress(1, Stage.QUEUED));
        happens(Samples.accepted(2, "still there?"), Samples.progress(2, Stage.QUEUED));
        happens(Samples.waits(1, Code.NOT_LISTENING, 5), Samples.waits(1, Code.TIMEOUT, 9));
        assertThat(
                        rows(
                                "SELECT message_id, to_user_id, queued_at, retry_count FROM offline_messages ORDER BY message_id"))
                .containsExactly(
                        Samples.id(1) + "|" + Samples.BOB + "|5|2", Samples.id(2) + "|" + Samples.BOB + "|5|0");
        assertThat(rows("SELECT content FROM offline_messages").toString()).doesNotContain("hello");
        happens(Samples.progress(1, Stage.SENT), Samples.progress(1, Stage.DELIVERED));
        happens(Samples.progress(2, Stage.FAILED));
        assertThat(rows("SELECT * FROM offline_messages")).isEmpty();
    }

    @Test
    void routesAndConnectionsCanBeReadByPlainSql() throws Exception {
        happens(Samples.up());
        assertThat(rows("SELECT * FROM connections")).containsExactly(Samples.BOBS_DEVICE + "|CONNECTED|open|5");
        assertThat(rows("SELECT * FROM peer_routes"))
                .containsExactly(Samples.BOB + "|" + Samples.BOBS_DEVICE + "|ws://192.0.2.1:7/linnet|5|1.0|direct");
        happens(Samples.down(Code.PEER_DISCONNECTED), Samples.up(), Samples.down(Code.STOPPING));
        assertThat(rows("SELECT connection_state, data_channel_state FROM connections"))
                .containsExactly("DISCONNECTED|closed");
        assertThat(rows("SELECT round(success_rate, 2) FROM peer_routes")).containsExactly("0.67");
    }

    @Test
    void afterACrashNothingIsConnected() throws Exception {
        happens(Samples.up());
        disk.close();
        disk = new SqliteDisk(file, new Seal(new JdkCrypto(), dataKey));
        assertThat(rows("SELECT connection_state FROM connections")).containsExactly("DISCONNECTED");
    }

    private void happens(Event... events) throws Exception {
        Batch batch = new Batch();
        batch.events.addAll(List.of(events));
        batch.wallMillis = 5;
        batch.remote = "ws://192.0.2.1:7/linnet";
        assertThat(disk.write(List.of(batch))).hasSize(events.length);
    }

    private void seen(MessageId... ids) throws Exception {
        Batch batch = new Batch();
        batch.seen.add(new Batch.Seen(Samples.BOB, List.of(ids)));
        assertThat(disk.write(List.of(batch))).isEmpty();
    }

    private Conversation bob() {
        return reading.conversations(Long.MAX_VALUE, 10).get(0);
    }

    private HistoryMessage only() {
        List<HistoryMessage> messages = reading.history(Samples.BOB, Long.MAX_VALUE, 10);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private List<String> columns(String table) throws Exception {
        return rows("SELECT name FROM pragma_table_info('" + table + "')");
    }

    private List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= columns; i++)
                    line.append(i == 1 ? "" : "|").append(row.getString(i));
                rows.add(line.toString());
            }
        }
        return rows;
    }
}
