package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in: the owner's programs, and browsers that a login link let in; nobody else, whatever a hostile page makes a browser send. */
class AccessTest {
    @TempDir
    static Path folder;

    static Daemon node;
    static int port;
    static String token;

    @BeforeAll
    static void start() throws Exception {
        node = TwoNodes.start(folder.resolve("home"), "Alice");
        port = node.running().apiPort();
        token = Token.read(folder.resolve("home")).orElseThrow();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String loginPath() throws Exception {
        String url = String.valueOf(
                new ApiClient(port, token).post("login-links", Map.of()).get("url"));
        String start = "http://127.0.0.1:" + port;
        assertThat(url).startsWith(start + "/login?code=");
        return url.substring(start.length());
    }

    private static String cookie() throws Exception {
        Http.Reply in = Http.to(port).call("GET", loginPath());
        return in.headers().get("set-cookie").split(";", -1)[0];
    }

    private static Http browser() throws Exception {
        return Http.to(port).header("Cookie: " + cookie());
    }

    @Test
    void aLoginLinkLetsABrowserInOnce() throws Exception {
        String path = loginPath();
        Http.Reply in = Http.to(port).call("GET", path);
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.headers()).containsEntry("location", "/");
        assertThat(in.headers().get("set-cookie"))
                .startsWith("linnet_" + port + "=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict", "Path=/")
                .doesNotContain(token);
        Http.Reply again = Http.to(port).call("GET", path);
        assertThat(again.headers()).containsEntry("location", "/?login=refused").doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login?code=", "/login?code=wrong", "/login?code=%zz"})
    void aWrongCodeLetsNobodyIn(String path) throws Exception {
        assertThat(Http.to(port).call("GET", path).headers())
                .containsEntry("location", "/?login=refused")
                .doesNotContainKey("set-cookie");
    }

    @Test
    void thePageMayReadAndActWithItsCookie() throws Exception {
        assertThat(browser()
                        .header("Sec-Fetch-Site: same-origin")
                        .call("GET", "/api/v1/identity")
                        .status())
                .isEqualTo(200);
        assertThat(browser()
                        .header("Sec-Fetch-Site: same-origin")
                        .call("POST", "/api/v1/identity/invite", "{}")
                        .status())
                .isEqualTo(201);
        assertThat(browser()
                        .header("Origin: http://127.0.0.1:" + port)
                        .call("POST", "/api/v1/identity/invite", "{}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theCookieIsGoodAfterTheNodeStartedAgain(@TempDir Path home) throws Exception {
        String cookie;
        int same;
        try (Daemon first = TwoNodes.start(home, "Carol")) {
            same = first.running().apiPort();
            ApiClient client = new ApiClient(same, Token.read(home).orElseThrow());
            String url = String.valueOf(client.post("login-links", Map.of()).get("url"));
            cookie = Http.to(same)
                    .call("GET", url.substring(url.indexOf("/login")))
                    .headers()
                    .get("set-cookie");
        }
        var flags = Map.of("listen", "127.0.0.1:0", "api.port", "" + same, "log.level", "warn");
        try (Daemon second = Daemon.start(home, linnet.app.config.Config.load(home, Map.of(), flags), false)) {
            assertThat(Http.to(second.running().apiPort())
                            .header("Cookie: " + cookie.split(";", -1)[0])
                            .call("GET", "/api/v1/identity")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCookieAloneChangesNothing() throws Exception {
        for (String place : List.of("cross-site", "same-site", "none")) {
            Http.Reply reply =
                    browser().header("Sec-Fetch-Site: " + place).call("POST", "/api/v1/identity/invite", "{}");
            assertThat(reply.status()).as(place).isEqualTo(403);
        }
        assertThat(browser().call("POST", "/api/v1/identity/invite", "{}").status())
                .isEqualTo(403);
        assertThat(browser()
                        .header("Sec-Fetch-Site: same-site")
                        .call("GET", "/api/v1/identity")
                        .status())
                .as("another program's page on this machine")
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://127.0.0.1:1",
                "X-Nothing: 1"
            })
    void noForeignPageOpensTheEventStream(String header) throws Exception {
        Http.Reply reply = browser()
                .header("Upgrade: websocket")
                .header("Connection: Upgrade")
                .header("Sec-WebSocket-Version: 13")
                .header("Sec-WebSocket-Key: bGlubmV0LXRlc3QtY2xpZQ==")
                .header(header)
                .call("GET", "/api/v1/events?since=0");
        assertThat(reply.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linnet_PORT=wrong", "linnet_1=PASS", "linnet_PORT=", "other=PASS", "linnet_PORT=TOKEN"})
    void aWrongCookieIsNone(String cookie) throws Exception {
        String pass = cookie().split("=", 2)[1];
        String sent = cookie.replace("PORT", "" + port).replace("PASS", pass).replace("TOKEN", token);
        assertThat(Http.to(port)
                        .header("Cookie: " + sent)
                        .header("Sec-Fetch-Site: same-origin")
                        .call("GET", "/api/v1/identity")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aPageLetsNobodyElseIn() throws Exception {
        Http.Reply reply = browser().header("Sec-Fetch-Site: same-origin").call("POST", "/api/v1/login-links", "{}");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("NOT_AUTHORISED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login?code=x", "/healthz", "/openapi.yaml", "/assets/x.js", "/api/v1/identity"})
    void aNameThatSomebodyPointsHereGetsNothing(String path) throws Exception {
        for (String host : List.of("evil.example", "evil.example:" + port, "127.0.0.1.evil.example:" + port)) {
            Http.Reply reply = browser().host(host).call("GET", path);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("NOT_AUTHORISED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/login?code=x", "/api/v1/identity", "/api/v1/nothing"})
    void everyAnswerForbidsWhatAPageDoesNotNeed(String path) throws Exception {
        Http.Reply reply = browser().call("GET", path);
        assertThat(reply.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .doesNotContainKey("access-control-allow-origin");
        assertThat(reply.headers().get("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self';");
    }

    @Test
    void onlySoManyCodesWaitAndNoneForLong() {
        LoginCodes codes = new LoginCodes();
        LoginCodes.Code first = codes.make(0);
        for (int i = 0; i < LoginCodes.WAITING_MAX; i++) codes.make(1);
        assertThat(codes.take(first.text(), 2)).as("the oldest of too many").isFalse();
        LoginCodes.Code late = codes.make(10);
        assertThat(codes.take(late.text(), 10 + LoginCodes.LIFE_MILLIS))
                .as("too late")
                .isFalse();
        LoginCodes.Code good = codes.make(20);
        assertThat(codes.take(good.text(), 21)).isTrue();
        assertThat(codes.take(good.text(), 22)).as("twice").isFalse();
    }
}
