package linnet.app.api;

import io.vertx.core.Context;
import java.util.LinkedHashSet;
import java.util.Set;
import linnet.jvm.JvmNode;
import linnet.jvm.Subscription;

/**
 * Tells those who wait that there are new events; they then read what they have not seen. So a slow reader costs nothing but its
 * place in the set. Used on the API's event loop only.
 */
final class EventFeed implements AutoCloseable {
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private final Subscription subscription;

    EventFeed(JvmNode node, Context loop) {
        subscription = node.events(node.lastEvent(), event -> loop.runOnContext(nothing -> wake()));
    }

    /** Runs {@code task} once, at the next event. */
    void onNext(Runnable task) {
        waiting.add(task);
    }

    /** Takes a waiting task back. */
    void forget(Runnable task) {
        waiting.remove(task);
    }

    private void wake() {
        if (waiting.isEmpty()) return;
        Set<Runnable> now = new LinkedHashSet<>(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
