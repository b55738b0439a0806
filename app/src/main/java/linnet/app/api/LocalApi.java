package linnet.app.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import linnet.app.Version;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import linnet.core.node.NodeConfig;
import linnet.jvm.HostException;
import linnet.jvm.JvmNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the local API: 127.0.0.1 only. Every call goes gate, size, {@link ApiRequests}, {@link Calls}; whatever is
 * wrong on the way becomes problem+json with a code. {@code /healthz}, {@code /readyz} and {@code /version} need no token.
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
            Calls calls = new Calls(node, config, vertx, loop, feed, stop);
            Shell shell = new Shell(
                    calls, feed, loop, token, () -> !node.whenStopped().isDone());
            server.requestHandler(shell.router(vertx));
            java.util.concurrent.CompletableFuture<HttpServer> listening =
                    new java.util.concurrent.CompletableFuture<>();
            loop.runOnContext(nothing -> server.listen(port, HOST)
                    .onSuccess(ready -> {
                        shell.listensAt(ready.actualPort());
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

    /** The part that knows HTTP. */
    private static final class Shell {
        private final Calls calls;
        private final EventFeed feed;
        private final Context loop;
        private final String token;
        private final BooleanSupplier ready;
        private Gatekeeper gatekeeper;

        Shell(Calls calls, EventFeed feed, Context loop, String token, BooleanSupplier ready) {
            this.calls = calls;
            this.feed = feed;
            this.loop = loop;
            this.token = token;
            this.ready = ready;
            this.gatekeeper = new Gatekeeper(token, 0);
        }

        void listensAt(int port) {
            gatekeeper = new Gatekeeper(token, port);
        }

        Router router(Vertx vertx) {
            Router router = Router.router(vertx);
            router.route().handler(this::checkPlace);
            router.get("/healthz").handler(context -> answer(context, 200, object("ok", true)));
            router.get("/readyz").handler(context -> {
                boolean up = ready.getAsBoolean();
                answer(context, up ? 200 : 503, object("ready", up));
            });
            router.get("/version").handler(context -> answer(context, 200, object("version", Version.text())));
            router.route().handler(this::checkToken);
            router.get(ApiRequests.PREFIX + "events").handler(this::streamOrNext);
            router.route().handler(BodyHandler.create(false).setBodyLimit(ApiRequests.BODY_BYTES_MAX));
            router.route().handler(this::call);
            router.route().failureHandler(this::failed);
            return router;
        }

        private void checkPlace(RoutingContext context) {
            try {
                HttpServerRequest request = context.request();
                gatekeeper.checkPlace(request.getHeader("Host"), request.getHeader("Origin"));
                context.next();
            } catch (ApiProblem problem) {
                refuse(context, problem);
            }
        }

        private void checkToken(RoutingContext context) {
            try {
                gatekeeper.checkToken(context.request().getHeader("Authorization"));
                context.next();
            } catch (ApiProblem problem) {
                refuse(context, problem);
            }
        }

        private void streamOrNext(RoutingContext context) {
            String upgrade = context.request().getHeader("Upgrade");
            if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
                context.next();
                return;
            }
            try {
                ApiRequest request = ApiRequests.parse("GET", context.request().path(), query(context.request()), "");
                if (!(request instanceof ApiRequest.Events events)) throw new AssertionError(request);
                context.request()
                        .toWebSocket()
                        .onSuccess(socket -> new EventStream(socket, calls, feed, loop, events.since()).run())
                        .onFailure(e -> LOG.debug("no event stream: {}", e.toString()));
            } catch (ApiProblem problem) {
                refuse(context, problem);
            }
        }

        private void call(RoutingContext context) {
            HttpServerRequest request = context.request();
            try {
                ApiRequest asked = ApiRequests.parse(
                        request.method().name(),
                        request.path(),
                        query(request),
                        utf8(context.body().buffer()));
                Future<Answer> answer = asked.dispatch(calls);
                answer.onSuccess(done -> answer(context, done.status(), done.object()))
                        .onFailure(why -> refuse(context, problemOf(why)));
            } catch (ApiProblem problem) {
                refuse(context, problem);
            }
        }

        private void failed(RoutingContext context) {
            if (context.statusCode() == 413) refuse(context, ApiRequests.tooLarge());
            else if (context.failure() != null) refuse(context, problemOf(context.failure()));
            else refuse(context, ApiProblem.malformed("the call cannot be read"));
        }

        private static Map<String, String> query(HttpServerRequest request) throws ApiProblem {
            Map<String, String> query = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, String> entry : request.params()) {
                    if (query.put(entry.getKey(), entry.getValue()) != null)
                        throw ApiProblem.malformed("a parameter is given twice");
                }
            } catch (IllegalArgumentException e) {
                throw ApiProblem.malformed("the query cannot be read");
            }
            return query;
        }

        private static String utf8(@Nullable Buffer body) throws ApiProblem {
            if (body == null) return "";
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(body.getBytes()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw ApiProblem.malformed("the body is not UTF-8");
            }
        }

        private static ApiProblem problemOf(Throwable why) {
            Throwable cause = why instanceof java.util.concurrent.CompletionException && why.getCause() != null
                    ? why.getCause()
                    : why;
            if (cause instanceof ApiProblem problem) return problem;
            if (cause instanceof HostException host) return ApiProblem.of(host);
            LOG.error("a call failed", cause);
            return ApiProblem.of(new Failure(Failure.Code.INTERNAL));
        }

        private static void refuse(RoutingContext context, ApiProblem problem) {
            HttpServerResponse response = context.response();
            if (response.ended() || response.closed()) return;
            response.setStatusCode(problem.status())
                    .putHeader("Content-Type", ApiProblem.MEDIA_TYPE)
                    .end(Json.write(problem.object()) + "\n");
        }

        private static void answer(RoutingContext context, int status, Map<String, ? extends @Nullable Object> object) {
            HttpServerResponse response = context.response();
            if (response.ended() || response.closed()) return;
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(Json.write(object) + "\n");
        }

        private static Map<String, Object> object(String name, Object value) {
            return Map.of(name, value);
        }
    }

    /** Returns every call that needs no token. */
    public static List<String> openCalls() {
        return List.of("GET /healthz", "GET /readyz", "GET /version");
    }
}
