package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that describes the API, beside what the API does. */
class OpenApiTest {
    @TempDir
    static Path folder;

    static TwoNodes nodes;
    static Schema schema;

    /** Calls whose answer was compared. */
    private static final Set<String> RECORDED = new LinkedHashSet<>();

    @BeforeAll
    static void start() throws Exception {
        nodes = new TwoNodes(folder);
        nodes.introduce();
        Http.Reply file = Http.to(nodes.alice.running().apiPort()).call("GET", "/openapi.yaml");
        assertThat(file.status()).isEqualTo(200);
        schema = new Schema(file.body());
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void itNamesTheCallsThatThereAreAndNoOthers() {
        assertThat(schema.calls()).containsExactlyInAnyOrderElementsOf(LocalApi.calls());
    }

    @Test
    void everyAnswerIsAsDescribed() throws Exception {
        String bob = nodes.bobUser();
        String talk = "/api/v1/conversations/" + bob;
        String id = String.valueOf(
                answer("POST /api/v1/conversations/{user}/messages", talk + "/messages", "{\"text\":\"hi\"}", 202)
                        .get("id"));
        TwoNodes.await(nodes.atAlice, "progress", data -> "delivered".equals(data.get("stage")));
        nodes.atBob.post("conversations/" + nodes.aliceUser() + "/messages", Map.of("text", "hello"));
        Object heard = TwoNodes.await(nodes.atAlice, "received", data -> "hello".equals(data.get("text")))
                .get("id");
        answer("GET /healthz", "/healthz", "", 200);
        answer("GET /readyz", "/readyz", "", 200);
        answer("GET /version", "/version", "", 200);
        for (String name : List.of(
                "identity",
                "contacts",
                "members",
                "conversations",
                "peers",
                "routes",
                "netcheck",
                "settings",
                "status",
                "events")) answer("GET /api/v1/" + name, "/api/v1/" + name, "", 200);
        answer("POST /api/v1/identity/invite", "/api/v1/identity/invite", "{}", 201);
        answer("POST /api/v1/login-links", "/api/v1/login-links", "{}", 201);
        answer("GET /api/v1/contacts/{user}", "/api/v1/contacts/" + bob, "", 200);
        answer("GET /api/v1/contacts/{user}/safety", "/api/v1/contacts/" + bob + "/safety", "", 200);
        answer(
                "PUT /api/v1/contacts/{user}/verified",
                "/api/v1/contacts/" + bob + "/verified",
                "{\"verified\":true}",
                200);
        Object link = nodes.atBob.post("identity/invite", Map.of()).get("link");
        answer("POST /api/v1/contacts", "/api/v1/contacts", "{\"link\":\"" + link + "\"}", 201);
        for (String query : List.of("", "?before=1", "?after=0", "?limit=1"))
            answer("GET /api/v1/conversations/{user}/messages", talk + "/messages" + query, "", 200);
        answer("POST /api/v1/conversations/{user}/read", talk + "/read", "{\"ids\":[\"" + heard + "\"]}", 200);
        answer("POST /api/v1/conversations/{user}/open", talk + "/open", "{\"open\":true}", 200);
        answer("POST /api/v1/conversations/{user}/retry", talk + "/retry", "", 200);
        answer("GET /api/v1/messages/{id}", "/api/v1/messages/" + id, "", 200);
        answer("POST /api/v1/messages/{id}/retry", "/api/v1/messages/" + id + "/retry", "", 202);
        answer("PATCH /api/v1/settings", "/api/v1/settings", "{\"name\":\"Alice A.\"}", 200);
        answer("PUT /api/v1/settings/passphrase", "/api/v1/settings/passphrase", "{\"next\":null}", 200);
        answer("GET /api/v1/contacts/{user}", "/api/v1/contacts/" + ApiRequestsTest.USER, "", 404);
        answer("POST /api/v1/conversations/{user}/messages", talk + "/messages", "{\"txt\":\"hi\"}", 400);
        Object lookup = answer(
                        "POST /api/v1/lookups", "/api/v1/lookups", "{\"target\":\"" + bob + "\",\"walk\":true}", 201)
                .get("id");
        answer("GET /api/v1/lookups/{id}", "/api/v1/lookups/" + lookup + "?wait=1000", "", 200);
        answer("GET /api/v1/lookups/{id}", "/api/v1/lookups/4711", "", 404);
        for (String call : List.of("GET /metrics", "GET /openapi.yaml", "POST /api/v1/bugreport"))
            file(call, call.split(" ", -1)[1], "");
        file("POST /api/v1/backup", "/api/v1/backup", "{\"passphrase\":\"correct horse\"}");
        answer("POST /api/v1/stop", "/api/v1/stop", "", 202);
        List<String> missing = new ArrayList<>(schema.calls());
        missing.removeAll(RECORDED);
        assertThat(missing)
                .as("compared elsewhere, with the page and its login")
                .containsExactly("GET /login", "GET /", "GET /assets/{name}");
    }

    private static Map<String, ?> answer(String call, String path, String body, int status) throws Exception {
        Http.Reply reply = call(call, path, body);
        assertThat(reply.status()).as(call + ": " + reply.body()).isEqualTo(status);
        Map<String, ?> response = schema.response(call, status);
        assertThat(response).as(call + " answers " + status).isNotNull();
        assertThat(schema.faults(response, reply.json())).as(call).isEmpty();
        return reply.json();
    }

    private static void file(String call, String path, String body) throws Exception {
        assertThat(call(call, path, body).status()).as(call).isEqualTo(200);
        assertThat(schema.response(call, 200)).as(call).doesNotContainKey("content");
    }

    private static Http.Reply call(String call, String path, String body) throws Exception {
        RECORDED.add(call);
        return Http.to(nodes.alice.running().apiPort(), nodes.aliceToken).call(call.split(" ", 2)[0], path, body);
    }
}
