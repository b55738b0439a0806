package linnet.app.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of somebody else in the very browser that has access to a node. Other ports of 127.0.0.1 are another origin, but the same site, so
 * the browser sends them the cookie: the worst case.
 */
class HostilePageTest {
    /** Names that their owner points to this machine after the page was loaded (DNS rebinding). */
    private static final String REBOUND = "rebound.test";

    private static Chromium chromium;
    private static HttpServer foreign;
    private static String foreignOrigin;

    @TempDir
    private Path folder;

    private Resident alice;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        chromium = new Chromium("--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1");
        foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        foreign.createContext("/", exchange -> {
            byte[] words = "<!doctype html><title>A game</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, words.length);
            exchange.getResponseBody().write(words);
            exchange.close();
        });
        foreign.start();
        foreignOrigin = "http://127.0.0.1:" + foreign.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        foreign.stop(0);
        chromium.close();
    }

    @BeforeEach
    void enterAndLeaveForAForeignPage() throws Exception {
        alice = new Resident(folder.resolve("alice"), "Alice", chromium.person());
        page = alice.page();
        alice.enter();
        assertThat(page.locator("h1").first()).isVisible();
        page.navigate(foreignOrigin);
    }

    @AfterEach
    void close() {
        alice.close();
    }

    @Test
    void aForeignPageReadsNothing() {
        Object read = page.evaluate(
                "url => fetch(url, {credentials: 'include'}).then(r => r.text(), e => 'refused')",
                alice.origin() + "/api/v1/identity");
        assertThat(read).isEqualTo("refused");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"stop", "identity/invite", "login-links"})
    void aForeignPageChangesNothing(String call) throws Exception {
        String url = alice.origin() + "/api/v1/" + call;
        Object answer = page.evaluate(
                "url => fetch(url, {method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}'})"
                        + ".then(r => 'answered', e => 'refused')",
                url);
        assertThat(answer).isEqualTo("refused");
        Map<String, ?> status = alice.api().get("status");
        assertThat(status.get("name")).isEqualTo("Alice");
    }

    @Test
    void aFormOfAForeignPageStopsNoNode() throws Exception {
        page.evaluate(
                "url => { const f = document.createElement('form'); f.method = 'post'; f.enctype = 'text/plain';"
                        + " f.action = url; f.target = '_self'; document.body.append(f); f.submit() }",
                alice.origin() + "/api/v1/stop");
        page.waitForURL("**/api/v1/stop");
        assertThat(page.locator("body")).containsText("NOT_AUTHORISED");
        assertThat(alice.api().get("status").get("name")).isEqualTo("Alice");
    }

    @Test
    void aForeignPageHearsNoEvents() {
        Object heard = page.evaluate(
                "url => new Promise(done => { const s = new WebSocket(url); s.onopen = () => done('open');"
                        + " s.onclose = e => done('closed ' + e.code) })",
                alice.origin().replace("http", "ws") + "/api/v1/events?since=0");
        assertThat(heard).isEqualTo("closed 1006");
    }

    @Test
    void aForeignPageFramesNothing() {
        page.evaluate(
                "url => new Promise(done => { const f = document.createElement('iframe'); f.src = url; f.onload = done;"
                        + " document.body.append(f) })",
                alice.origin() + "/");
        assertThat(page.frames().get(1).url()).startsWith("chrome-error:");
    }

    @Test
    void aForeignPageLoadsTheApiNotAsAScriptEither() {
        Object loaded = page.evaluate(
                "url => new Promise(done => { const s = document.createElement('script'); s.src = url;"
                        + " s.onload = () => done('loaded'); s.onerror = () => done('refused'); document.body.append(s) })",
                alice.origin() + "/api/v1/identity");
        assertThat(loaded).isEqualTo("refused");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/", "/api/v1/identity", "/openapi.yaml", "/healthz", "/login?code=x"})
    void aReboundNameIsRefusedEverywhere(String path) {
        Response response = page.navigate(alice.origin().replace("127.0.0.1", REBOUND) + path);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).contains("NOT_AUTHORISED");
    }

    @Test
    void aBrowserWithoutTheCookieSeesTheDoorOnly() {
        Page stranger = chromium.person();
        stranger.navigate(alice.origin() + "/");
        assertThat(stranger.getByText("Open me from the terminal")).isVisible();
        Object status = stranger.evaluate("() => fetch('/api/v1/identity').then(r => r.status)");
        assertThat(status).isEqualTo(401);
        stranger.context().close();
    }

    @Test
    void aLoginLinkIsGoodOnce() throws Exception {
        String url = String.valueOf(alice.api().post("login-links", Map.of()).get("url"));
        page.navigate(url);
        assertThat(page).hasURL(java.util.regex.Pattern.compile(alice.origin() + "/(#.*)?"));
        Page stranger = chromium.person();
        stranger.navigate(url);
        assertThat(stranger.getByText("was used already")).isVisible();
        stranger.context().close();
    }
}
