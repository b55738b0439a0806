package linnet.app.api;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linnet.core.node.NodeConfig;
import linnet.jvm.HostException;
import linnet.jvm.JvmNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the local API: 127.0.0.1 only. Every call goes gate, size, {@link ApiRequests}, {@link Calls}; whatever is
 * wrong on the way becomes problem+json with a code. What
 * needs no token is in {@link #openCalls}.
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
     * @param port 0 takes any free one
     * @param token what callers must show
     * @param stop called when the node shall stop
     * @throws HostException PORT_TAKEN
     */
    public static LocalApi open(JvmNode node, NodeConfig config, int port, String token, Runnable stop) {
        // No files are served, so nothing needs the folder of copies in /tmp that a killed process would leave behind.
        FileSystemOptions noFiles =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(noFiles));
        Context loop = vertx.getOrCreateContext();
        EventFeed feed = new EventFeed(node, loop);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxWebSocketFrameSize(HEADER_BYTES_MAX)
                .setMaxWebSocketMessageSize(HEADER_BYTES_MAX));
        try {
            LoginCodes codes = new LoginCodes();
            Calls calls = new Calls(node, config, vertx, loop, feed, codes, stop);
            ApiRouter router = new ApiRouter(
                    calls, feed, loop, token, codes, () -> !node.whenStopped().isDone());
            server.requestHandler(router.routes(vertx));
            java.util.concurrent.CompletableFuture<HttpServer> listening =
                    new java.util.concurrent.CompletableFuture<>();
            loop.runOnContext(nothing -> server.listen(port, HOST)
                    .onSuccess(ready -> {
                        router.listensAt(ready.actualPort());
                        listening.complete(ready);
                    })
                    .onFailure(listening::completeExceptionally));
            listening.get(START_SECONDS_MAX, TimeUnit.SECONDS);
            return new LocalApi(vertx, server, feed);
        } catch (ExecutionException | TimeoutException e) {
            feed.close();
            vertx.close();
            throw new HostException(
                    HostException.Kind.PORT_TAKEN, "the local API cannot listen at " + HOST + ":" + port, e);
        } catch (InterruptedException e) {
            feed.close();
            vertx.close();
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

    /** Returns every call that needs no token. */
    public static List<String> openCalls() {
        return List.of("GET /healthz", "GET /readyz", "GET /version", "GET /login", "GET /", "GET /assets/{name}");
    }
}
