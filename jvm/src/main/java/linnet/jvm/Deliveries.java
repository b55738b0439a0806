package linnet.jvm;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import linnet.core.id.MessageId;

/** Who waits to hear what became of a message. As many as wait to be delivered, which the core bounds. From any thread. */
final class Deliveries {
    private final Map<MessageId, CompletableFuture<Delivery>> waiting = new ConcurrentHashMap<>();

    /** Returns the answer to come, for each who asks a future of their own: who gives up waiting ends nobody else's. */
    CompletableFuture<Delivery> of(MessageId id) {
        return waiting.computeIfAbsent(id, unknown -> new CompletableFuture<>()).copy();
    }

    /** Returns whether somebody waits. */
    boolean isAwaited(MessageId id) {
        return waiting.containsKey(id);
    }

    void settle(Delivery delivery) {
        CompletableFuture<Delivery> answer = waiting.remove(delivery.id());
        if (answer != null) answer.complete(delivery);
    }

    void fail(MessageId id, Throwable why) {
        CompletableFuture<Delivery> answer = waiting.remove(id);
        if (answer != null) answer.completeExceptionally(why);
    }

    void failAll(Throwable why) {
        for (MessageId id : waiting.keySet()) fail(id, why);
    }
}
