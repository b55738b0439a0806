package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.app.json.Json;
import linnet.jvm.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real HTTP, real nodes, real disks, on loopback. */
class LocalApiTest {
    @TempDir
    static Path folder;

    static TwoNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TwoNodes(folder);
        nodes.introduce();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Http alice() {
        return Http.to(nodes.alice.running().apiPort(), nodes.aliceToken);
    }

    private static Http stranger() {
        return Http.to(nodes.alice.running().apiPort());
    }

    @Test
    void healthNeedsNoToken() throws Exception {
        assertThat(stranger().call("GET", "/healthz").status()).isEqualTo(200);
        assertThat(stranger().call("GET", "/readyz").status()).isEqualTo(200);
        assertThat(stranger().call("GET", "/version").json()).containsKey("version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/status",
                "/api/v1/events",
                "/api/v1/contacts",
                "/api/v1/nothing",
                "/metrics",
                "/index.html",
            })
    void withoutTheTokenNothingIsTold(String path) throws Exception {
        for (Http caller : List.of(
                stranger(),
                stranger().header("Authorization: Bearer "),
                stranger().header("Authorization: Bearer wrong"),
                stranger().header("Authorization: Basic " + nodes.aliceToken))) {
            Http.Reply reply = caller.call("GET", path);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("NOT_AUTHORISED");
            assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:PORT"})
    void aCallToAnotherHostNameIsRefused(String host) throws Exception {
        int port = nodes.alice.running().apiPort();
        Http.Reply reply = alice().host(host.replace("PORT", "" + port)).call("GET", "/api/v1/status");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("NOT_AUTHORISED");
        assertThat(alice().host("localhost:" + port)
                        .call("GET", "/api/v1/status")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:PORT", "http://127.0.0.1:1"})
    void aCallFromAForeignPageIsRefused(String origin) throws Exception {
        int port = nodes.alice.running().apiPort();
        Http.Reply reply =
                alice().header("Origin: " + origin.replace("PORT", "" + port)).call("GET", "/api/v1/status");
        assertThat(reply.status()).isEqualTo(403);
        Http own = alice().header("Origin: http://127.0.0.1:" + port);
        assertThat(own.call("GET", "/api/v1/status").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/v1/contacts | {\"link\":\"nonsense\"} | 400 | MALFORMED",
                "POST | /api/v1/contacts | {\"link\":\"linnet:AAAA\"} | 400 | MALFORMED",
                "POST | /api/v1/contacts | {\"link\": | 400 | MALFORMED",
                "POST | /api/v1/conversations/STRANGER/messages | {\"text\":\"hi\"} | 409 | NOT_A_CONTACT",
                "POST | /api/v1/conversations/nobody/messages | {\"text\":\"hi\"} | 400 | MALFORMED",
                "GET | /api/v1/contacts/STRANGER/safety | `` | 409 | NOT_A_CONTACT",
                "PUT | /api/v1/contacts/STRANGER/verified | {\"verified\":true} | 409 | NOT_A_CONTACT",
                "GET | /api/v1/messages/00112233445566778899aabbccddeeff | `` | 404 | NOT_FOUND",
                "GET | /api/v1/events?since=x | `` | 400 | MALFORMED",
                "GET | /api/v1/events?since=1&since=2 | `` | 400 | MALFORMED",
                "GET | /api/v1/events?limit=%zz | `` | 400 | MALFORMED",
                "DELETE | /api/v1/contacts | `` | 405 | UNSUPPORTED",
                "GET | /api/v1/nothing | `` | 404 | NOT_FOUND",
                "GET | /api/v1/../../etc/passwd | `` | 404 | NOT_FOUND",
            })
    void aWrongCallGetsItsCodeAndTheNodeStaysUp(String method, String path, String body, int status, String code)
            throws Exception {
        long before = nodes.alice.node().lastEvent();
        Http.Reply reply = alice().call(method, path.replace("STRANGER", ApiRequestsTest.USER), body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json()).containsKeys("detail", "hint", "title", "status");
        assertThat(stranger().call("GET", "/readyz").status()).isEqualTo(200);
        assertThat(nodes.alice.node().lastEvent()).isEqualTo(before);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        Http.Reply reply = alice().call("POST", "/api/v1/contacts", "x".repeat(ApiRequests.BODY_BYTES_MAX + 1));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("TOO_LARGE");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() throws Exception {
        Http.Reply reply = alice().call("POST", "/api/v1/contacts", new byte[] {'{', (byte) 0xff, '}'});
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("MALFORMED");
    }

    @Test
    void onlyTheOwnerCanReadTheToken() throws Exception {
        Path token = Home.apiToken(folder.resolve("alice"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
    }

    @Test
    void aMessageIsDeliveredFromOneNodeToTheOther() throws Exception {
        Map<String, @Nullable Object> sent = nodes.atAlice.post(
                "conversations/" + nodes.bobUser() + "/messages", Map.of("text", "over real sockets 🐦"));
        assertThat(sent).containsEntry("stage", "queued");
        Object id = sent.get("id");
        Map<?, ?> received = TwoNodes.await(nodes.atBob, "received", data -> id.equals(data.get("id")));
        assertThat(received.get("text")).isEqualTo("over real sockets 🐦");
        assertThat(received.get("from")).isEqualTo(nodes.aliceUser());
        TwoNodes.await(
                nodes.atAlice, "progress", data -> id.equals(data.get("id")) && "delivered".equals(data.get("stage")));
        Map<?, ?> message = (Map<?, ?>) nodes.atAlice.get("messages/" + id).get("message");
        assertThat(message.get("stage")).isEqualTo("delivered");
        assertThat(message.get("path")).isEqualTo("direct");
        nodes.atBob.post("conversations/" + nodes.aliceUser() + "/read", Map.of("ids", List.of(id)));
        TwoNodes.await(
                nodes.atAlice, "progress", data -> id.equals(data.get("id")) && "read".equals(data.get("stage")));
    }

    @Test
    void aConversationIsReadByPages() throws Exception {
        Set<Object> ids = new LinkedHashSet<>();
        for (int i = 0; i < 7; i++)
            ids.add(nodes.atAlice
                    .post("conversations/" + nodes.bobUser() + "/messages", Map.of("text", "page " + i))
                    .get("id"));
        List<Object> seen = new ArrayList<>();
        String cursor = "";
        while (!seen.containsAll(ids)) {
            Map<String, @Nullable Object> page =
                    nodes.atAlice.get("conversations/" + nodes.bobUser() + "/messages?limit=3" + cursor);
            List<Map<String, @Nullable Object>> messages = ApiClient.list(page, "messages");
            assertThat(messages).hasSizeLessThanOrEqualTo(3).isNotEmpty();
            for (Map<String, @Nullable Object> message : messages) {
                assertThat(seen).doesNotContain(message.get("id"));
                seen.add(message.get("id"));
            }
            cursor = "&before=" + page.get("before");
        }
    }

    @Test
    void contactsAreListedAndVerified() throws Exception {
        String path = "contacts/" + nodes.bobUser();
        Object number = nodes.atAlice.get(path + "/safety").get("safetyNumber");
        assertThat(number)
                .isEqualTo(nodes.atBob
                        .get("contacts/" + nodes.aliceUser() + "/safety")
                        .get("safetyNumber"));
        nodes.atAlice.put(path + "/verified", Map.of("verified", true));
        assertThat(ApiClient.list(nodes.atAlice.get("contacts"), "contacts"))
                .anySatisfy(contact -> assertThat(contact)
                        .containsEntry("name", "Bob")
                        .containsEntry("verified", true)
                        .containsEntry("state", "accepted"));
        assertThat(ApiClient.list(nodes.atAlice.get("members"), "members")).hasSize(2);
    }

    @Test
    void eventsGoOnFromAnyNumberWithoutLossOrRepetition() throws Exception {
        List<Map<String, @Nullable Object>> all = nodes.atAlice.events(0, 0);
        assertThat(all).isNotEmpty();
        for (int i = 0; i < all.size(); i++) assertThat(all.get(i).get("seq")).isEqualTo(i + 1L);
        long middle = all.size() / 2;
        assertThat(nodes.atAlice.events(middle, 0).get(0).get("seq")).isEqualTo(middle + 1);
        assertThat(all.get(0).keySet()).containsExactly("v", "seq", "ts", "type", "data");
    }

    @Test
    void aLongPollReturnsWithTheNextEvent() throws Exception {
        long since = nodes.atBob.events(0, 0).size();
        nodes.atBob.post("conversations/" + nodes.aliceUser() + "/messages", Map.of("text", "wake up"));
        assertThat(nodes.atBob.events(since, 30_000)).isNotEmpty();
    }

    @Test
    void aSocketFollowsTheEventsFromANumberOn() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + nodes.aliceToken)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + nodes.alice.running().apiPort() + "/api/v1/events?since=1"),
                        listener(heard))
                .get(30, TimeUnit.SECONDS);
        Object id = nodes.atAlice
                .post("conversations/" + nodes.bobUser() + "/messages", Map.of("text", "to the socket"))
                .get("id");
        long last = 1;
        boolean delivered = false;
        while (!delivered) {
            String text = heard.poll(30, TimeUnit.SECONDS);
            assertThat(text).as("an event in time").isNotNull();
            Map<String, ?> event = Json.object(text);
            assertThat(event.get("seq")).isEqualTo(last + 1);
            last++;
            Map<?, ?> data = (Map<?, ?>) event.get("data");
            delivered = id.equals(data.get("id")) && "delivered".equals(data.get("stage"));
        }
        socket.abort();
    }

    private static WebSocket.Listener listener(BlockingQueue<String> heard) {
        StringBuilder part = new StringBuilder();
        return new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                part.append(text);
                if (last) {
                    heard.add(part.toString());
                    part.setLength(0);
                }
                socket.request(1);
                return null;
            }
        };
    }

    @Test
    void theClientTellsTheCodeOfARefusal() {
        ApiProblem problem = catchThrowableOfType(
                ApiProblem.class, () -> nodes.atAlice.post("contacts", Map.of("link", "nonsense")));
        assertThat(problem.code()).isEqualTo("MALFORMED");
        assertThat(problem.hint()).isNotBlank();
    }

    @Test
    void aNodeStopsWhenItIsAsked(@TempDir Path home) throws Exception {
        var daemon = TwoNodes.start(home, "Carol");
        ApiClient carol = new ApiClient(
                daemon.running().apiPort(), linnet.app.node.Token.read(home).orElseThrow());
        assertThat(carol.post("stop", Map.of())).containsEntry("stopping", true);
        daemon.await();
        daemon.close();
        assertThat(linnet.app.node.Running.read(home).orElseThrow().isAlive()).isFalse();
    }
}
