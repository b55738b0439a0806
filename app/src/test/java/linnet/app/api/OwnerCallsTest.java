package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import linnet.jvm.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner sets, sends again, and keeps: over a start of the node, too. */
class OwnerCallsTest {
    @TempDir
    Path folder;

    TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes(folder);
        nodes.introduce();
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    private Http alice() {
        return Http.to(nodes.alice.running().apiPort(), nodes.aliceToken);
    }

    private Http.Reply send(String key, String text) throws Exception {
        return alice().header("Idempotency-Key: " + key)
                .call("POST", "/api/v1/conversations/" + nodes.bobUser() + "/messages", "{\"text\":\"" + text + "\"}");
    }

    private static ApiClient client(Path home, Daemon daemon) throws Exception {
        return new ApiClient(daemon.running().apiPort(), Token.read(home).orElseThrow());
    }

    @Test
    void aSendThatIsSaidAgainIsOneMessage() throws Exception {
        Http.Reply first = send("key-1", "once");
        Http.Reply again = send("key-1", "once");
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(send("key-2", "once").json().get("id"))
                .isNotEqualTo(first.json().get("id"));
        Http.Reply other = send("key-1", "something else");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("ALREADY_USED");
        assertThat(ApiClient.list(nodes.atAlice.get("conversations/" + nodes.bobUser() + "/messages"), "messages"))
                .extracting(message -> message.get("text"))
                .containsExactly("once", "once");
    }

    @Test
    void aSendThatIsSaidAgainAfterAStartIsOneMessage() throws Exception {
        Object id = send("key", "over a restart").json().get("id");
        nodes.alice.close();
        try (Daemon later = TwoNodes.start(folder.resolve("alice"), "Alice")) {
            Http.Reply again = Http.to(later.running().apiPort(), nodes.aliceToken)
                    .header("Idempotency-Key: key")
                    .call(
                            "POST",
                            "/api/v1/conversations/" + nodes.bobUser() + "/messages",
                            "{\"text\":\"over a restart\"}");
            assertThat(again.json().get("id")).isEqualTo(id);
        }
    }

    @Test
    void sendsWithOneKeyAtTheSameTimeAreOneMessage() throws Exception {
        List<Thread> threads = new java.util.ArrayList<>();
        var ids = new java.util.concurrent.ConcurrentSkipListSet<String>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    ids.add(String.valueOf(send("same", "at once").json().get("id")));
                } catch (Exception e) {
                    ids.add(e.toString());
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) thread.join();
        assertThat(ids).hasSize(1).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void aKeyThatIsNoKeyIsRefused() throws Exception {
        for (String key : List.of("two words", "x".repeat(129), "smörgås"))
            assertThat(send(key, "hi").code()).as(key).isEqualTo("MALFORMED");
    }

    @Test
    void contactsHearOfANewNameAndTheNextStartKnowsIt() throws Exception {
        Http.Reply changed = alice().call("PATCH", "/api/v1/settings", "{\"name\":\"Alice Ä.\",\"receipts\":false}");
        assertThat(changed.json().get("name")).isEqualTo("Alice Ä.");
        assertThat(changed.json().get("receipts")).isEqualTo(false);
        TwoNodes.await(nodes.atBob, "contact", data -> "Alice Ä.".equals(data.get("name")));
        nodes.alice.close();
        var flags = Map.of("listen", "127.0.0.1:0", "api.port", "0", "log.level", "error");
        Path home = folder.resolve("alice");
        try (Daemon later = Daemon.start(home, Config.load(home, Map.of(), flags), false)) {
            Map<String, @Nullable Object> settings = client(home, later).get("settings");
            assertThat(settings).containsEntry("name", "Alice Ä.").containsEntry("receipts", false);
        }
    }

    @Test
    void withoutReceiptsNobodyHearsWhatWasSeen() throws Exception {
        assertThat(alice().call("PATCH", "/api/v1/settings", "{\"receipts\":false}")
                        .status())
                .isEqualTo(200);
        Object first = nodes.atBob
                .post("conversations/" + nodes.aliceUser() + "/messages", Map.of("text", "one"))
                .get("id");
        TwoNodes.await(nodes.atAlice, "received", data -> first.equals(data.get("id")));
        nodes.atAlice.post("conversations/" + nodes.bobUser() + "/read", Map.of("ids", List.of(first)));
        assertThat(alice().call("PATCH", "/api/v1/settings", "{\"receipts\":true}")
                        .status())
                .isEqualTo(200);
        Object second = nodes.atBob
                .post("conversations/" + nodes.aliceUser() + "/messages", Map.of("text", "two"))
                .get("id");
        TwoNodes.await(nodes.atAlice, "received", data -> second.equals(data.get("id")));
        nodes.atAlice.post("conversations/" + nodes.bobUser() + "/read", Map.of("ids", List.of(second)));
        TwoNodes.await(
                nodes.atBob, "progress", data -> second.equals(data.get("id")) && "read".equals(data.get("stage")));
        Map<?, ?> message = (Map<?, ?>) nodes.atBob.get("messages/" + first).get("message");
        assertThat(message.get("stage")).isEqualTo("delivered");
    }

    @Test
    void theRestOfTheConfigurationStaysAsItWasWritten() throws Exception {
        Path file = Home.config(folder.resolve("alice"));
        Files.writeString(file, "# mine\nname: Alice # me\nlog:\n  level: warn\n");
        alice().call("PATCH", "/api/v1/settings", "{\"name\":\"A: #1\"}");
        assertThat(Files.readString(file)).isEqualTo("# mine\nname: \"A: #1\"\nlog:\n  level: warn\n");
    }

    @Test
    void aNameThatIsNoneIsRefused() throws Exception {
        for (String name : List.of("", "x".repeat(65), "two\\nlines")) {
            Http.Reply reply = alice().call("PATCH", "/api/v1/settings", "{\"name\":\"" + name + "\"}");
            assertThat(reply.code()).isEqualTo("MALFORMED");
        }
    }

    @Test
    void aPassphraseIsSetChangedAndTakenAway() throws Exception {
        Path home = folder.resolve("alice");
        assertThat(passphrase("{\"next\":\"one\"}").status()).isEqualTo(200);
        assertThat(Home.needsPassphrase(home)).isTrue();
        assertThat(alice().call("GET", "/api/v1/settings").json().get("passphrase"))
                .isEqualTo(true);
        for (String body :
                List.of("{\"next\":\"two\"}", "{\"current\":\"wrong\",\"next\":\"two\"}", "{\"next\":null}")) {
            Http.Reply reply = passphrase(body);
            assertThat(reply.status()).as(body).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("NOT_AUTHORISED");
        }
        assertThat(passphrase("{\"current\":\"one\"}").status()).as("what next").isEqualTo(400);
        assertThat(passphrase("{\"current\":\"one\",\"next\":null}").status()).isEqualTo(200);
        assertThat(Home.needsPassphrase(home)).isFalse();
    }

    private Http.Reply passphrase(String body) throws Exception {
        return alice().call("PUT", "/api/v1/settings/passphrase", body);
    }

    @Test
    void conversationsTellTheLastMessageAndWhatIsUnread() throws Exception {
        for (int i = 1; i <= 3; i++)
            nodes.atBob.post("conversations/" + nodes.aliceUser() + "/messages", Map.of("text", "news " + i));
        Object last = TwoNodes.await(nodes.atAlice, "received", data -> "news 3".equals(data.get("text")))
                .get("id");
        Map<String, @Nullable Object> talk = ApiClient.list(nodes.atAlice.get("conversations"), "conversations")
                .get(0);
        assertThat(talk)
                .containsEntry("with", nodes.bobUser())
                .containsEntry("name", "Bob")
                .containsEntry("unread", 3L);
        assertThat(((Map<?, ?>) talk.get("last")).get("text")).isEqualTo("news 3");
        nodes.atAlice.post("conversations/" + nodes.bobUser() + "/read", Map.of("ids", List.of(last)));
        assertThat(ApiClient.list(nodes.atAlice.get("conversations"), "conversations")
                        .get(0))
                .containsEntry("unread", 0L);
    }

    @Test
    void aConversationIsReadOnFromACursor() throws Exception {
        Map<String, @Nullable Object> empty =
                nodes.atAlice.get("conversations/" + nodes.bobUser() + "/messages?after=0");
        for (int i = 1; i <= 5; i++)
            nodes.atAlice.post("conversations/" + nodes.bobUser() + "/messages", Map.of("text", "" + i));
        List<Object> texts = new java.util.ArrayList<>();
        Object after = empty.get("after");
        for (int page = 0; page < 3; page++) {
            Map<String, @Nullable Object> answer =
                    nodes.atAlice.get("conversations/" + nodes.bobUser() + "/messages?limit=2&after=" + after);
            for (Map<String, @Nullable Object> message : ApiClient.list(answer, "messages"))
                texts.add(message.get("text"));
            after = answer.get("after");
        }
        assertThat(texts).containsExactly("1", "2", "3", "4", "5");
        assertThat(alice().call("GET", "/api/v1/conversations/" + nodes.bobUser() + "/messages?after=1&before=2")
                        .code())
                .isEqualTo("MALFORMED");
    }

    @Test
    void aCallerWhoIsTooFastIsToldWhenToComeAgain(@TempDir Path home) throws Exception {
        var flags = Map.of(
                "listen", "127.0.0.1:0", "api.port", "0", "log.level", "error", "api.rate", "1", "api.burst", "3");
        try (Daemon slow = Daemon.start(home, Config.load(home, Map.of(), flags), false)) {
            int port = slow.running().apiPort();
            String token = Token.read(home).orElseThrow();
            Http.Reply reply = Http.to(port, token).call("GET", "/api/v1/status");
            for (int i = 0; i < 20 && reply.status() == 200; i++)
                reply = Http.to(port, token).call("GET", "/api/v1/status");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.code()).isEqualTo("RATE_LIMITED");
            assertThat(Integer.parseInt(reply.headers().get("retry-after"))).isBetween(1, 2);
            assertThat(new ApiClient(port, token).get("status"))
                    .as("the client waits and asks again")
                    .isNotEmpty();
        }
    }

    @Test
    void aMessageThatWaitsIsTriedNowAndOneOfOthersIsNot() throws Exception {
        Object id = nodes.atBob
                .post("conversations/" + nodes.aliceUser() + "/messages", Map.of("text", "hi"))
                .get("id");
        TwoNodes.await(nodes.atAlice, "received", data -> id.equals(data.get("id")));
        assertThat(nodes.atBob.post("messages/" + id + "/retry", Map.of())).containsKey("stage");
        ApiProblem problem =
                catchThrowableOfType(ApiProblem.class, () -> nodes.atAlice.post("messages/" + id + "/retry", Map.of()));
        assertThat(problem.code()).isEqualTo("NOT_FOUND");
    }
}
