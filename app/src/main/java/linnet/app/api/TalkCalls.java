package linnet.app.api;

import static linnet.app.api.NodeAccess.one;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.core.env.Failure;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import linnet.core.wire.Content;
import linnet.jvm.Conversation;
import linnet.jvm.HistoryMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the calls about conversations. Runs on the API's event loop. */
final class TalkCalls implements TalkRequest.Handler<Future<Answer>> {
    private static final Logger LOG = LoggerFactory.getLogger(TalkCalls.class);

    /** Characters of all texts of one list of conversations: what does not fit comes with the next page. */
    private static final long LIST_CHARS_MAX = 4L << 20;

    private final NodeAccess access;
    private final Leases leases;
    private final IdempotentSends sends;

    TalkCalls(NodeAccess access, String token) {
        this.access = access;
        this.leases = new Leases(access.vertx());
        this.sends = new IdempotentSends(access, token);
    }

    @Override
    public Future<Answer> conversations(long before, int limit) {
        return access.call(Node::contacts).compose(contacts -> {
            Map<UserId, String> names = new LinkedHashMap<>();
            for (ContactView contact : contacts) names.put(contact.user(), contact.name());
            return access.blocking(() -> page(access.node().conversations(before, limit), names, limit));
        });
    }

    private static Answer page(List<Conversation> found, Map<UserId, String> names, int limit) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        long chars = 0;
        for (Conversation one : found) {
            if (one.last().content() instanceof Content.Text words)
                chars += words.text().length();
            if (chars > LIST_CHARS_MAX && !objects.isEmpty()) break;
            objects.add(ApiObjects.conversation(one, names.getOrDefault(one.with(), "")));
        }
        boolean more = objects.size() < found.size() || found.size() == limit;
        Map<String, @Nullable Object> object = ApiObjects.list("conversations", objects);
        object.put("before", more ? found.get(objects.size() - 1).last().number() : null);
        return Answer.ok(object);
    }

    @Override
    public Future<Answer> messages(UserId with, long before, int limit) {
        return access.blocking(() -> access.node().history(with, before, limit)).map(history -> {
            Map<String, @Nullable Object> object = messages(history);
            boolean more = history.size() == limit && history.get(0).number() > 1;
            object.put("before", more ? history.get(0).number() : null);
            object.put(
                    "after",
                    history.isEmpty() ? 0 : history.get(history.size() - 1).number());
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> messagesAfter(UserId with, long after, int limit) {
        return access.blocking(() -> access.node().historyAfter(with, after, limit))
                .map(history -> {
                    Map<String, @Nullable Object> object = messages(history);
                    object.put(
                            "before", history.isEmpty() ? null : history.get(0).number());
                    object.put(
                            "after",
                            history.isEmpty()
                                    ? after
                                    : history.get(history.size() - 1).number());
                    return Answer.ok(object);
                });
    }

    private static Map<String, @Nullable Object> messages(List<HistoryMessage> history) {
        return ApiObjects.list(
                "messages", history.stream().map(ApiObjects::message).toList());
    }

    @Override
    public Future<Answer> send(UserId to, String text, @Nullable String key) {
        if (key != null) return sends.send(to, text, key);
        return access.durably(there -> there.send(to, text), IdempotentSends::queued);
    }

    @Override
    public Future<Answer> read(UserId from, List<MessageId> ids) {
        return access.onLoop(access.node().read(from, ids)).map(ignored -> Answer.ok(one("read", (long) ids.size())));
    }

    @Override
    public Future<Answer> open(UserId with, boolean open, long leaseMillis, String holder) {
        boolean wasOpen = leases.isOpen(with);
        if (open && !leases.take(with, holder, leaseMillis, () -> close(with)))
            return NodeAccess.refused(Failure.Code.QUEUE_FULL, "too many conversations are open at the same time");
        if (!open) leases.release(with, holder);
        boolean isOpen = leases.isOpen(with);
        if (!isOpen && !wasOpen) return Future.succeededFuture(Answer.ok(one("open", false)));
        // Said again although it is open already: the core takes it as a sign that somebody is there.
        return access.call(there -> NodeAccess.done(() -> there.open(with, isOpen)))
                .map(ignored -> Answer.ok(one("open", isOpen)));
    }

    private void close(UserId with) {
        access.call(there -> NodeAccess.done(() -> there.open(with, false)))
                .onFailure(why -> LOG.debug("a conversation was not closed: {}", why.toString()));
    }

    @Override
    public Future<Answer> retry(UserId to) {
        return access.call(there -> NodeAccess.done(() -> there.retry(to)))
                .map(ignored -> Answer.ok(one("user", to.toString())));
    }

    @Override
    public Future<Answer> message(MessageId id) {
        return find(id).map(message -> Answer.ok(one("message", ApiObjects.message(message))));
    }

    /** Messages to one person leave oldest first, so to try one is to try those before it. */
    @Override
    public Future<Answer> retryMessage(MessageId id) {
        return find(id).compose(message -> {
            if (!message.own()) return NodeAccess.refused(Failure.Code.NOT_FOUND, "this message is not yours");
            if (message.stage() == Stage.FAILED)
                return NodeAccess.refused(
                        Failure.Code.EXPIRED, "it was given up, and its place in the conversation is gone");
            Map<String, @Nullable Object> object = one("id", id.toString());
            object.put("stage", ApiObjects.word(message.stage()));
            return access.call(there -> there.retry(id)).map(waits -> new Answer(202, object));
        });
    }

    private Future<HistoryMessage> find(MessageId id) {
        return access.blocking(() -> Optional.ofNullable(access.node().message(id)))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get())
                        : NodeAccess.refused(Failure.Code.NOT_FOUND, "there is no message with this id here"));
    }
}
