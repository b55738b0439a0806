package linnet.app.api;

import static linnet.app.api.NodeAccess.one;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.Version;
import linnet.app.config.ConfigFile;
import linnet.app.config.Setting;
import linnet.app.doctor.BugReport;
import linnet.core.event.Event;
import linnet.core.id.Endpoint;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.jvm.Backup;
import linnet.jvm.Home;
import linnet.jvm.HostException;
import linnet.jvm.JvmNode;
import linnet.jvm.NumberedEvent;
import org.jspecify.annotations.Nullable;

/** Carries out the calls about the node and its owner. Runs on the API's event loop. */
final class NodeCalls implements NodeRequest.Handler<Future<Answer>> {
    private final NodeAccess access;
    private final JvmNode node;
    private final Path home;
    private final EventFeed feed;
    private final LoginCodes codes;
    private final Runnable stop;
    private final long startedMillis = System.currentTimeMillis();
    private int port;

    NodeCalls(NodeAccess access, Path home, EventFeed feed, LoginCodes codes, Runnable stop) {
        this.access = access;
        this.node = access.node();
        this.home = home;
        this.feed = feed;
        this.codes = codes;
        this.stop = stop;
    }

    /** Hears at which port the API is reached. */
    void listensAt(int own) {
        port = own;
    }

    @Override
    public Future<Answer> identity() {
        NodeConfig owner = node.settings();
        Map<String, @Nullable Object> object = one("user", node.user().toString());
        object.put("peer", node.peer().toString());
        object.put("name", owner.name());
        object.put("network", owner.network());
        object.put("endpoints", node.endpoints().stream().map(Endpoint::uri).toList());
        // Who has no contact yet has no history either: this is what a first visit looks like.
        return access.call(Node::contacts).map(contacts -> {
            object.put("createdNow", contacts.isEmpty());
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> loginLink() {
        LoginCodes.Code code = codes.make(System.currentTimeMillis());
        Map<String, @Nullable Object> object = one("url", "http://127.0.0.1:" + port + "/login?code=" + code.text());
        object.put("expiresMillis", code.expiresMillis());
        return Future.succeededFuture(new Answer(201, object));
    }

    @Override
    public Future<Answer> settings() {
        return access.blocking(() -> Home.needsPassphrase(home)).map(hasOne -> {
            NodeConfig owner = node.settings();
            Map<String, @Nullable Object> object = one("name", owner.name());
            object.put("receipts", owner.receipts());
            object.put("passphrase", hasOne);
            return Answer.ok(object);
        });
    }

    /** First the file, so that the next start agrees with what contacts have heard. */
    @Override
    public Future<Answer> changeSettings(@Nullable String name, @Nullable Boolean receipts) {
        Map<Setting, String> changes = new LinkedHashMap<>();
        if (name != null) changes.put(Setting.NAME, name);
        if (receipts != null) changes.put(Setting.RECEIPTS, receipts ? "on" : "off");
        Future<?> written = access.blocking(() -> ConfigFile.change(home, changes));
        return written.compose(done -> name == null ? Future.succeededFuture() : access.onLoop(node.rename(name)))
                .compose(done -> receipts == null ? Future.succeededFuture() : access.onLoop(node.receipts(receipts)))
                .compose(done -> settings());
    }

    @Override
    public Future<Answer> changePassphrase(@Nullable String current, @Nullable String next) {
        return access.blocking(() -> {
                    node.changePassphrase(chars(current), chars(next));
                    return next != null;
                })
                .recover(NodeCalls::refusedPassphrase)
                .map(hasOne -> Answer.ok(one("passphrase", hasOne)));
    }

    private static Future<Boolean> refusedPassphrase(Throwable why) {
        boolean wrong = why instanceof HostException host
                && (host.kind() == HostException.Kind.PASSPHRASE_WRONG
                        || host.kind() == HostException.Kind.PASSPHRASE_NEEDED);
        return Future.failedFuture(wrong ? Gatekeeper.refused(403, "the current passphrase does not fit") : why);
    }

    private static char @Nullable [] chars(@Nullable String text) {
        return text == null ? null : text.toCharArray();
    }

    @Override
    public Future<Answer> backup(String passphrase) {
        String name = "linnet-" + node.user().toString().substring(0, 13) + Backup.EXTENSION;
        return access.blocking(() -> {
                    // A history may be larger than the memory. Sealed as it is, it may lie in the home for a moment.
                    Path spool = Files.createTempFile(home, "backup-", ".tmp");
                    try (OutputStream out = Files.newOutputStream(spool)) {
                        node.backup(passphrase.toCharArray(), out);
                        return spool;
                    } catch (IOException | RuntimeException e) {
                        Files.deleteIfExists(spool);
                        throw e;
                    }
                })
                .map(spool -> Answer.spooled("application/octet-stream", name, spool));
    }

    @Override
    public Future<Answer> bugReport() {
        return access.onLoop(node.metrics())
                .compose(metrics -> access.blocking(() -> BugReport.ofNode(home, metrics)))
                .map(text -> Answer.file("text/plain; charset=utf-8", "linnet-bugreport.txt", Buffer.buffer(text)));
    }

    @Override
    public Future<Answer> status() {
        return access.call(Node::contacts).map(contacts -> {
            NodeConfig owner = node.settings();
            Map<String, @Nullable Object> object = one("version", Version.text());
            object.put("name", owner.name());
            object.put("network", owner.network());
            object.put("user", node.user().toString());
            object.put("peer", node.peer().toString());
            object.put("pid", ProcessHandle.current().pid());
            object.put("upMillis", System.currentTimeMillis() - startedMillis);
            object.put("listen", node.endpoints().stream().map(Endpoint::uri).toList());
            object.put("contacts", (long) contacts.size());
            object.put("reached", contacts.stream().filter(NodeCalls::isReached).count());
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
        access.vertx().setTimer(50, timer -> stop.run());
        return Future.succeededFuture(new Answer(202, one("stopping", true)));
    }

    @Override
    public Future<Answer> events(long since, long waitMillis, int limit) {
        return eventsAfter(since, limit).compose(events -> {
            if (!events.isEmpty() || waitMillis == 0) return Future.succeededFuture(eventsAnswer(events));
            return nextEvent(since, waitMillis)
                    .compose(ignored -> eventsAfter(since, limit))
                    .map(NodeCalls::eventsAnswer);
        });
    }

    /** Reads events; also used by the event stream. */
    Future<List<NumberedEvent>> eventsAfter(long since, int limit) {
        return access.blocking(() -> node.eventsAfter(since, limit));
    }

    private Future<Void> nextEvent(long since, long waitMillis) {
        Vertx vertx = access.vertx();
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
        return contact.reach() != Event.Reach.OFFLINE;
    }
}
