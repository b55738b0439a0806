package linnet.app.api;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.Version;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import linnet.jvm.HostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the local API that knows HTTP: who may come in, what is served as it lies, and what becomes a call. */
final class ApiRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);

    /** What a page of ours may do: run and show what this node serves, speak to it, and nothing else. */
    static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
                    + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** How long a browser stays let in, in seconds: as long as browsers keep a cookie at all. */
    private static final long PASS_SECONDS = 400L * 24 * 3_600;

    private static final String CALLER = "caller";

    private final NodeAccess access;
    private final ApiSetup setup;
    private final ApiRequest.Handlers<Future<Answer>> calls;
    private final NodeCalls nodeCalls;
    private final EventFeed feed;
    private final LoginCodes codes;
    private final PageFiles page = new PageFiles(PageFiles.PAGE);
    private final PageFiles documents = new PageFiles("/linnet/app/api/");
    private final Map<Gatekeeper.Caller, RateLimit> limits = new EnumMap<>(Gatekeeper.Caller.class);
    private Gatekeeper gatekeeper;

    ApiRouter(
            NodeAccess access,
            ApiSetup setup,
            ApiRequest.Handlers<Future<Answer>> calls,
            NodeCalls nodeCalls,
            EventFeed feed,
            LoginCodes codes) {
        this.access = access;
        this.setup = setup;
        this.calls = calls;
        this.nodeCalls = nodeCalls;
        this.feed = feed;
        this.codes = codes;
        this.gatekeeper = new Gatekeeper(setup.token(), 0);
        for (Gatekeeper.Caller kind : Gatekeeper.Caller.values())
            limits.put(kind, new RateLimit(setup.callsPerSecond(), setup.callsAtOnce(), System.nanoTime()));
    }

    /** Hears the port, which is a part of the names that callers use. */
    void listensAt(int port) {
        gatekeeper = new Gatekeeper(setup.token(), port);
        nodeCalls.listensAt(port);
    }

    /** Returns what a listener of its own serves: metrics for whoever reaches it, and nothing else. */
    Router metricsOnly(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(this::protect);
        router.get("/metrics").handler(this::metrics);
        router.route().handler(context -> refuse(context, ApiRequests.notFound()));
        return router;
    }

    Router routes(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(this::protect);
        router.route().handler(this::checkPlace);
        router.get("/healthz").handler(context -> answer(context, 200, object("ok", true)));
        router.get("/readyz").handler(context -> {
            boolean up = !access.node().whenStopped().isDone();
            answer(context, up ? 200 : 503, object("ready", up));
        });
        router.get("/version").handler(context -> answer(context, 200, object("version", Version.text())));
        router.get("/openapi.yaml").handler(context -> {
            if (!documents.answer("openapi.yaml", context.request())) refuse(context, ApiRequests.notFound());
        });
        router.get("/login").handler(this::login);
        router.get("/").handler(context -> file(context, ""));
        router.head("/").handler(context -> file(context, ""));
        router.get("/assets/*")
                .handler(context -> file(context, context.request().path().substring(1)));
        router.route().handler(this::admit);
        router.get("/metrics").handler(this::metrics);
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

    private void protect(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", PAGE_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        context.next();
    }

    private void file(RoutingContext context, String path) {
        if (!page.answer(path, context.request())) refuse(context, ApiRequests.notFound());
    }

    /** Lets a browser in. With a code that is used or old it sees the page, which says how to get another. */
    private void login(RoutingContext context) {
        String code = codeOf(context.request());
        boolean good = code != null && codes.take(code, System.currentTimeMillis());
        HttpServerResponse response = context.response();
        if (good)
            response.addCookie(Cookie.cookie(gatekeeper.cookieName(), gatekeeper.pass())
                    .setHttpOnly(true)
                    .setSameSite(CookieSameSite.STRICT)
                    .setPath("/")
                    .setMaxAge(PASS_SECONDS));
        response.setStatusCode(303)
                .putHeader("Location", good ? "/" : "/?login=refused")
                .putHeader("Cache-Control", "no-store")
                .end();
    }

    private static @Nullable String codeOf(HttpServerRequest request) {
        try {
            return request.getParam("code");
        } catch (IllegalArgumentException e) {
            return null; // an escape that is none
        }
    }

    private void admit(RoutingContext context) {
        try {
            HttpServerRequest request = context.request();
            boolean onlyReads = request.method().equals(HttpMethod.GET) && request.getHeader("Upgrade") == null;
            Gatekeeper.Caller caller = gatekeeper.admit(request, onlyReads);
            long seconds = requireNonNull(limits.get(caller)).secondsToWait(System.nanoTime());
            if (seconds > 0) throw ApiProblem.tooSoon("more calls than api.rate and api.burst allow", seconds);
            context.put(CALLER, caller);
            context.next();
        } catch (ApiProblem problem) {
            refuse(context, problem);
        }
    }

    private void metrics(RoutingContext context) {
        access.onLoop(access.node().metrics())
                .onSuccess(metrics -> context.response()
                        .putHeader("Content-Type", MetricsText.MEDIA_TYPE)
                        .putHeader("Cache-Control", "no-store")
                        .end(MetricsText.of(metrics, Version.text())))
                .onFailure(why -> refuse(context, problemOf(why)));
    }

    private void streamOrNext(RoutingContext context) {
        String upgrade = context.request().getHeader("Upgrade");
        if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
            context.next();
            return;
        }
        try {
            ApiRequest request = ApiRequests.parse("GET", context.request().path(), query(context.request()), "");
            if (!(request instanceof NodeRequest.Events events)) throw new AssertionError(request);
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> new EventStream(socket, nodeCalls, feed, access.loop(), events.since()).run())
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
                    utf8(context.body().buffer()),
                    request.getHeader("Idempotency-Key"));
            if (asked instanceof NodeRequest.LoginLink && context.get(CALLER) != Gatekeeper.Caller.PROGRAM)
                throw Gatekeeper.refused(403, "a page lets nobody in: run 'linnet open'");
            Future<Answer> answer = asked.dispatch(calls);
            answer.onSuccess(done -> answer(context, done)).onFailure(why -> refuse(context, problemOf(why)));
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
        if (problem.retrySeconds() > 0) response.putHeader("Retry-After", Long.toString(problem.retrySeconds()));
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", ApiProblem.MEDIA_TYPE)
                .end(Json.write(problem.object()) + "\n");
    }

    private static void answer(RoutingContext context, Answer answer) {
        Answer.File file = answer.file();
        if (file == null) {
            answer(context, answer.status(), answer.object());
            return;
        }
        HttpServerResponse response = context.response();
        Path spool = file.spool();
        if (response.ended() || response.closed()) {
            // Whoever asked did not wait for it.
            if (spool != null) remove(spool);
            return;
        }
        response.putHeader("Content-Type", file.type())
                .putHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                .putHeader("Cache-Control", "no-store");
        if (spool != null) response.sendFile(spool.toString()).onComplete(sent -> remove(spool));
        else response.end(file.bytes());
    }

    private static void remove(Path spool) {
        try {
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            LOG.warn("a copy of the home stays in {}: {}", spool, e.toString());
        }
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
