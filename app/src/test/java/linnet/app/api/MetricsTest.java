package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads, and who may read it. */
class MetricsTest {
    @TempDir
    Path home;

    private Daemon start(String metrics) throws Exception {
        var flags = Map.of(
                "listen",
                "127.0.0.1:0",
                "api.port",
                "0",
                "log.level",
                "error",
                "metrics.listen",
                metrics,
                "name",
                "Alice");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void theLocalApiTellsThemToWhoHasTheToken() throws Exception {
        try (Daemon node = start("")) {
            int port = node.running().apiPort();
            assertThat(Http.to(port).call("GET", "/metrics").status()).isEqualTo(401);
            Http.Reply reply = Http.to(port, Token.read(home).orElseThrow()).call("GET", "/metrics");
            assertThat(reply.headers().get("content-type")).startsWith("text/plain; version=0.0.4");
            assertThat(reply.body())
                    .contains("# TYPE linnet_commit_seconds histogram", "linnet_contacts 0.0", "le=\"+Inf\"")
                    .contains("linnet_build{version=\"")
                    .doesNotContain("Alice", node.node().user().toString());
            assertThat(sorted(reply.body(), "linnet_commit_seconds_bucket"))
                    .isSorted()
                    .isNotEmpty();
        }
    }

    /** Each class of a histogram counts all below it, too. */
    private static List<Double> sorted(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    @Test
    void aListenerOfItsOwnTellsThemWithoutATokenAndNothingElse() throws Exception {
        int port = freePort();
        try (Daemon node = start("127.0.0.1:" + port)) {
            assertThat(Http.to(port)
                            .host("prometheus.example")
                            .call("GET", "/metrics")
                            .body())
                    .contains("linnet_links_up");
            for (String path : List.of("/", "/healthz", "/api/v1/status", "/login?code=x", "/openapi.yaml"))
                assertThat(Http.to(port, Token.read(home).orElseThrow())
                                .call("GET", path)
                                .status())
                        .as(path)
                        .isEqualTo(404);
            assertThat(node.running().apiPort()).isNotEqualTo(port);
        }
    }
}
