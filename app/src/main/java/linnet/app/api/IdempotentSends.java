package linnet.app.api;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import linnet.jvm.HistoryMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends that may be said again when their answer was lost: the id of the message is made from the caller's key, so a repetition finds the
 * message in the history, also after a restart of the node. Used on the API's event loop only.
 */
final class IdempotentSends {
    private static final String USE = "linnet/idempotency/1";

    private final NodeAccess access;
    private final String token;

    /** Sends that are under way: a repetition that overtakes the first waits for it. */
    private final Map<MessageId, Future<Answer>> underWay = new LinkedHashMap<>();

    IdempotentSends(NodeAccess access, String token) {
        this.access = access;
        this.token = token;
    }

    /** Sends words, or answers as for the first call with this key. */
    Future<Answer> send(UserId to, String text, String key) {
        MessageId id = idOf(to, key);
        Future<Answer> first = underWay.getOrDefault(id, Future.succeededFuture());
        Future<Answer> answer = first.transform(done -> once(to, text, id));
        underWay.put(id, answer);
        return answer.onComplete(done -> underWay.remove(id, answer));
    }

    private Future<Answer> once(UserId to, String text, MessageId id) {
        return access.blocking(() -> Optional.ofNullable(access.node().ownMessage(to, id)))
                .compose(known -> known.isPresent()
                        ? again(known.get(), text)
                        : access.durably(there -> there.send(to, text, id), IdempotentSends::queued));
    }

    private static Future<Answer> again(HistoryMessage known, String text) {
        boolean same =
                known.content() instanceof Content.Text words && words.text().equals(text);
        if (same) return Future.succeededFuture(queued(known.id()));
        return Future.failedFuture(new ApiProblem(
                422,
                Failure.Code.ALREADY_USED.name(),
                "another message was sent with this Idempotency-Key",
                "Use a fresh key for each message."));
    }

    static Answer queued(MessageId id) {
        Map<String, @Nullable Object> object = NodeAccess.one("id", id.toString());
        object.put("stage", "queued");
        return new Answer(202, object);
    }

    private MessageId idOf(UserId to, String key) {
        byte[] hash = Gatekeeper.hmac(token, USE + "\n" + to + "\n" + key);
        return new MessageId(Bytes.wrap(hash).slice(0, MessageId.BYTES));
    }
}
