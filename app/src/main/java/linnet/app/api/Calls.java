package linnet.app.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import linnet.app.Version;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.jvm.JvmNode;
import linnet.jvm.NumberedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the calls out. Runs on the API's event loop; what reads the disk runs on Vert.x's workers. */
final class Calls implements ApiRequest.Handler<Future<Answer>> {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final JvmNode node;
    private final NodeConfig config;
    private final Vertx vertx;
    private final Context loop;
    private final EventFeed feed;
    private final LoginCodes codes;
    private final Runnable stop;
    private final long startedMillis = System.currentTimeMillis();

    private final Leases leases;
    private int port;

    Calls(JvmNode node, NodeConfig config, Vertx vertx, Context loop, EventFeed feed, LoginCodes codes, Runnable stop) {
        this.node = node;
        this.config = config;
        this.vertx = vertx;
        this.loop = loop;
        this.feed = feed;
        this.codes = codes;
        this.stop = stop;
        this.leases = new Leases(vertx);
    }

    /** Hears at which port the API is reached. */
    void listensAt(int own) {
        port = own;
    }

    @Override
    public Future<Answer> loginLink() {
        LoginCodes.Code code = codes.make(System.currentTimeMillis());
        Map<String, @Nullable Object> object = one("url", "http://127.0.0.1:" + port + "/login?code=" + code.text());
        object.put("expiresMillis", code.expiresMillis());
        return Future.succeededFuture(new Answer(201, object));
    }

    @Override
    public Future<Answer> identity() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("v", 1L);
        object.put("user", node.user().toString());
        object.put("peer", node.peer().toString());
        object.put("name", config.name());
        object.put("network", config.network());
        object.put("endpoints", node.endpoints().stream().map(Endpoint::uri).toList());
        // Who has no contact yet has no history either: this is what a first visit looks like.
        return call(Node::contacts).map(contacts -> {
            object.put("createdNow", contacts.isEmpty());
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> invite(long lifeMillis) {
        long expiresMillis = System.currentTimeMillis() + lifeMillis;
        return durably(there -> there.invite(lifeMillis), link -> {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("v", 1L);
            object.put("link", link);
            object.put("expiresMillis", expiresMillis);
            return new Answer(201, object);
        });
    }

    @Override
    public Future<Answer> contacts() {
        return call(Node::contacts)
                .map(contacts -> Answer.ok(ApiObjects.list(
                        "contacts", contacts.stream().map(ApiObjects::contact).toList())));
    }

    @Override
    public Future<Answer> add(String link) {
        return durably(there -> there.add(link), user -> new Answer(201, one("user", user.toString())));
    }

    @Override
    public Future<Answer> safety(UserId with) {
        return call(there -> there.safetyNumber(with))
                .compose(result -> answer(result, number -> {
                    Map<String, @Nullable Object> object = one("user", with.toString());
                    object.put("safetyNumber", number);
                    return Answer.ok(object);
                }));
    }

    @Override
    public Future<Answer> verify(UserId with, boolean verified) {
        return durably(there -> there.verify(with, verified), user -> {
            Map<String, @Nullable Object> object = one("user", user.toString());
            object.put("verified", verified);
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> members() {
        return call(Node::contacts).map(contacts -> {
            List<Map<String, @Nullable Object>> members = new ArrayList<>();
            Map<String, @Nullable Object> self = one("user", node.user().toString());
            self.remove("v");
            self.put("name", config.name());
            self.put("self", true);
            self.put("reach", "self");
            members.add(self);
            for (ContactView contact : contacts) {
                Map<String, @Nullable Object> member = new LinkedHashMap<>();
                member.put("user", contact.user().toString());
                member.put("name", contact.name());
                member.put("self", false);
                member.put("reach", ApiObjects.contact(contact).get("reach"));
                members.add(member);
            }
            Map<String, @Nullable Object> object = ApiObjects.list("members", members);
            object.put("network", config.network());
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> messages(UserId with, long before, int limit) {
        return blocking(() -> node.history(with, before, limit)).map(history -> {
            Map<String, @Nullable Object> object = ApiObjects.list(
                    "messages", history.stream().map(ApiObjects::message).toList());
            boolean more = history.size() == limit && history.get(0).number() > 1;
            object.put("before", more ? history.get(0).number() : null);
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> send(UserId to, String text) {
        return durably(there -> there.send(to, text), id -> {
            Map<String, @Nullable Object> object = one("id", id.toString());
            object.put("stage", "queued");
            return new Answer(202, object);
        });
    }

    @Override
    public Future<Answer> read(UserId from, List<MessageId> ids) {
        return onLoop(node.read(from, ids)).map(ignored -> Answer.ok(one("read", (long) ids.size())));
    }

    @Override
    public Future<Answer> open(UserId with, boolean open, long leaseMillis, String holder) {
        boolean wasOpen = leases.isOpen(with);
        if (open && !leases.take(with, holder, leaseMillis, () -> close(with)))
            return Future.failedFuture(ApiProblem.of(
                    new Failure(Failure.Code.QUEUE_FULL, "too many conversations are open at the same time")));
        if (!open) leases.release(with, holder);
        boolean isOpen = leases.isOpen(with);
        // Said again although it is open already: the core takes it as a sign that somebody is there.
        if (!isOpen && !wasOpen) return Future.succeededFuture(Answer.ok(one("open", false)));
        return call(there -> done(() -> there.open(with, isOpen))).map(ignored -> Answer.ok(one("open", isOpen)));
    }

    private void close(UserId with) {
        onLoop(node.call(there -> done(() -> there.open(with, false))))
                .onFailure(why -> LOG.debug("a conversation was not closed: {}", why.toString()));
    }

    @Override
    public Future<Answer> retry(UserId to) {
        return call(there -> done(() -> there.retry(to))).map(ignored -> Answer.ok(one("user", to.toString())));
    }

    @Override
    public Future<Answer> message(MessageId id) {
        return blocking(() -> node.message(id)).compose(message -> {
            if (message == null)
                return Future.failedFuture(
                        ApiProblem.of(new Failure(Failure.Code.NOT_FOUND, "there is no message with this id here")));
            Map<String, @Nullable Object> object = one("message", ApiObjects.message(message));
            return Future.succeededFuture(Answer.ok(object));
        });
    }

    @Override
    public Future<Answer> status() {
        return call(Node::contacts).map(contacts -> {
            Map<String, @Nullable Object> object = one("version", Version.text());
            object.put("name", config.name());
            object.put("network", config.network());
            object.put("user", node.user().toString());
            object.put("peer", node.peer().toString());
            object.put("pid", ProcessHandle.current().pid());
            object.put("upMillis", System.currentTimeMillis() - startedMillis);
            object.put("listen", node.endpoints().stream().map(Endpoint::uri).toList());
            object.put("contacts", (long) contacts.size());
            object.put("reached", contacts.stream().filter(Calls::isReached).count());
            object.put(
                    "waiting", contacts.stream().mapToLong(ContactView::waiting).sum());
            object.put("lastEvent", node.lastEvent());
            object.put("droppedInputs", node.droppedInputs());
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> stop() {
        // The answer should be on its way before the socket closes.
        vertx.setTimer(50, timer -> stop.run());
        return Future.succeededFuture(new Answer(202, one("stopping", true)));
    }

    @Override
    public Future<Answer> events(long since, long waitMillis, int limit) {
        return eventsAfter(since, limit).compose(events -> {
            if (!events.isEmpty() || waitMillis == 0) return Future.succeededFuture(eventsAnswer(events));
            return nextEvent(since, waitMillis)
                    .compose(ignored -> eventsAfter(since, limit))
                    .map(Calls::eventsAnswer);
        });
    }

    /** Reads events; also used by the event stream. */
    Future<List<NumberedEvent>> eventsAfter(long since, int limit) {
        return blocking(() -> node.eventsAfter(since, limit));
    }

    private Future<Void> nextEvent(long since, long waitMillis) {
        Promise<Void> promise = Promise.promise();
        Runnable wake = promise::tryComplete;
        feed.onNext(wake);
        long timer = vertx.setTimer(waitMillis, fired -> {
            feed.forget(wake);
            promise.tryComplete();
        });
        // One that came while the disk was read has woken nobody.
        if (node.lastEvent() > since) wake.run();
        return promise.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            feed.forget(wake);
        });
    }

    private static Answer eventsAnswer(List<NumberedEvent> events) {
        return Answer.ok(
                ApiObjects.list("events", events.stream().map(ApiObjects::event).toList()));
    }

    private static boolean isReached(ContactView contact) {
        return contact.reach() != linnet.core.event.Event.Reach.OFFLINE;
    }

    private <T> Future<Answer> durably(Function<Node, Result<T>> command, Function<T, Answer> words) {
        return onLoop(node.callDurably(command)).compose(result -> answer(result, words));
    }

    private <T> Future<T> call(Function<Node, T> question) {
        return onLoop(node.call(question));
    }

    private <T> Future<T> onLoop(CompletableFuture<T> future) {
        return Future.fromCompletionStage(future, loop);
    }

    private <T> Future<T> blocking(Callable<T> reading) {
        return vertx.executeBlocking(reading, false);
    }

    private static <T> Future<Answer> answer(Result<T> result, Function<T, Answer> words) {
        if (result instanceof Result.Ok<T> ok) return Future.succeededFuture(words.apply(ok.value()));
        if (result instanceof Result.No<T> no) return Future.failedFuture(ApiProblem.of(no.why()));
        throw new AssertionError(result);
    }

    private static Result<Boolean> done(Runnable command) {
        command.run();
        return new Result.Ok<>(true);
    }

    private static Map<String, @Nullable Object> one(String name, Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("v", 1L);
        object.put(name, value);
        return object;
    }
}
