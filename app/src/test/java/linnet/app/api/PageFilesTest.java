package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files out of an archive, over real HTTP. */
class PageFilesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        PageFiles files = new PageFiles("/linnet/app/page/");
        HttpServer server = VERTX.createHttpServer().requestHandler(request -> {
            if (!files.answer(request.path().substring(1), request))
                request.response().setStatusCode(404).end();
        });
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void thePageItselfIsAskedForAgainEachTime() throws Exception {
        Http.Reply page = Http.to(port).call("GET", "/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!doctype html>");
        assertThat(page.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("cache-control", "no-cache");
        String tag = page.headers().get("etag");
        Http.Reply again = Http.to(port).header("If-None-Match: " + tag).call("GET", "/");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aFileWithItsHashInTheNameIsGoodForEver() throws Exception {
        Http.Reply script = Http.to(port).call("GET", "/assets/words-1a2b.js");
        assertThat(script.body()).contains("hello");
        assertThat(script.headers())
                .containsEntry("content-type", "text/javascript; charset=utf-8")
                .containsEntry("cache-control", "public, max-age=31536000, immutable");
    }

    @Test
    void whoTakesPackedFilesGetsThem() throws Exception {
        Http.Reply plain = Http.to(port).call("GET", "/");
        Http.Reply packed = Http.to(port).header("Accept-Encoding: gzip, br").call("GET", "/");
        assertThat(packed.headers()).containsEntry("content-encoding", "gzip").containsEntry("vary", "Accept-Encoding");
        assertThat(Integer.parseInt(packed.headers().get("content-length")))
                .isLessThan(Integer.parseInt(plain.headers().get("content-length")) / 2);
    }

    @Test
    void whoAsksForTheHeadGetsNoBody() throws Exception {
        Http.Reply head = Http.to(port).call("HEAD", "/");
        assertThat(head.body()).isEmpty();
        assertThat(Integer.parseInt(head.headers().get("content-length"))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.html",
                "/assets",
                "/assets/",
                "/assets/../index.html",
                "/assets/..%2findex.html",
                "/.hidden.html",
                "/assets/.hidden.html",
                "//index.html",
                "/../PageFiles.class",
                "/index.html%00.png",
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(Http.to(port).call("GET", path).status()).isEqualTo(404);
    }
}
