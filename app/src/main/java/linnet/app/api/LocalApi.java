package linnet.app.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import linnet.jvm.HostException;
import linnet.jvm.JvmNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the local API: 127.0.0.1 only. Every call goes gate, size, {@link ApiRequests}, and the handler of its family,
 * {@link NodeCalls} say; whatever is wrong on the way becomes problem+json with a code. What needs no token is in {@link #openCalls}.
 */
public final class LocalApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalApi.class);
    private static final String HOST = "127.0.0.1";

    /** Longest line and all headers together, in bytes: ours are below 500. */
    private static final int HEADER_BYTES_MAX = 8_192;

    /** A connection that says nothing for this long is closed; above the longest wait of a poll. */
    private static final int IDLE_SECONDS = 120;

    private static final int WORKERS = 4;
    private static final long START_SECONDS_MAX = 30;

    private final Vertx vertx;
    private final HttpServer server;
    private final EventFeed feed;

    private LocalApi(Vertx vertx, HttpServer server, EventFeed feed) {
        this.vertx = vertx;
        this.server = server;
        this.feed = feed;
    }

    /**
     * Opens the API of a node that is ready.
     *
     * @param stop called when the node shall stop
     * @throws HostException PORT_TAKEN
     */
    public static LocalApi open(JvmNode node, ApiSetup setup, Runnable stop) {
        // No files are served, so nothing needs the folder of copies in /tmp that a killed process would leave behind.
        FileSystemOptions noFiles =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(noFiles));
        Context loop = vertx.getOrCreateContext();
        EventFeed feed = new EventFeed(node, loop);
        boolean open = false;
        try {
            ApiRouter router = router(new NodeAccess(node, vertx, loop), setup, feed, stop);
            HttpServer server = vertx.createHttpServer(options()).requestHandler(router.routes(vertx));
            listen(loop, server, HOST, setup.port(), router::listensAt);
            InetSocketAddress metrics = setup.metrics();
            if (metrics != null) {
                HttpServer second = vertx.createHttpServer(options()).requestHandler(router.metricsOnly(vertx));
                listen(loop, second, metrics.getHostString(), metrics.getPort(), port -> {});
            }
            open = true;
            return new LocalApi(vertx, server, feed);
        } finally {
            if (!open) {
                feed.close();
                vertx.close();
            }
        }
    }

    private static ApiRouter router(NodeAccess access, ApiSetup setup, EventFeed feed, Runnable stop) {
        LoginCodes codes = new LoginCodes();
        NodeCalls nodeCalls = new NodeCalls(access, setup.home(), feed, codes, stop);
        ApiRequest.Handlers<Future<Answer>> calls = new ApiRequest.Handlers<>(
                nodeCalls, new PeopleCalls(access), new TalkCalls(access, setup.token()), new NetworkCalls(access));
        return new ApiRouter(access, setup, calls, nodeCalls, feed, codes);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxWebSocketFrameSize(HEADER_BYTES_MAX)
                .setMaxWebSocketMessageSize(HEADER_BYTES_MAX);
    }

    /** Opens a port; {@code listensAt} hears its number before the first call comes. */
    private static void listen(Context loop, HttpServer server, String host, int port, IntConsumer listensAt) {
        CompletableFuture<HttpServer> listening = new CompletableFuture<>();
        loop.runOnContext(nothing -> server.listen(port, host)
                .onSuccess(ready -> {
                    listensAt.accept(ready.actualPort());
                    listening.complete(ready);
                })
                .onFailure(listening::completeExceptionally));
        try {
            listening.get(START_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new HostException(
                    HostException.Kind.PORT_TAKEN, "the local API cannot listen at " + host + ":" + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException(HostException.Kind.STOPPED, "interrupted at the start", e);
        }
    }

    /** Returns the port that it listens at. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        feed.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the local API did not close in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns every call that there is, as {@code METHOD path}. */
    public static List<String> calls() {
        List<String> all = new ArrayList<>(openCalls());
        all.add("GET /metrics");
        all.addAll(ApiRequests.calls());
        return all;
    }

    /** Returns every call that needs no token. */
    private static List<String> openCalls() {
        return List.of(
                "GET /healthz",
                "GET /readyz",
                "GET /version",
                "GET /openapi.yaml",
                "GET /login",
                "GET /",
                "GET /assets/{name}");
    }
}
