package linnet.bench.message;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.jvm.JvmNode;
import linnet.jvm.Subscription;

/** Messages on their way, always so many at once: the next one is written when one is delivered. */
final class Deliveries {
    private static final long PATIENCE_SECONDS = 110;

    /** Words of a chat are short. */
    private static final String WORDS = "The quick brown fox jumps over the lazy dog, again and again. ";

    private final JvmNode node;
    private final UserId to;
    private final int together;
    private final long[] nanos;
    private final Map<MessageId, Long> began = new ConcurrentHashMap<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long total;

    Deliveries(JvmNode node, UserId to, int count, int together) {
        this.node = node;
        this.to = to;
        this.together = together;
        this.nanos = new long[count];
    }

    /** Writes all and returns what each took, from the call to the tick, sorted, in nanoseconds. */
    long[] run() throws ExecutionException, InterruptedException, TimeoutException {
        long from = System.nanoTime();
        try (Subscription ticks = node.events(node.lastEvent(), event -> on(event.event()))) {
            for (int i = 0; i < together; i++) write();
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        total = System.nanoTime() - from;
        Arrays.sort(nanos);
        return nanos;
    }

    /** Returns how long all of them took together. */
    double nanos() {
        return total;
    }

    private void on(Event event) {
        if (!(event instanceof Event.Progress step)) return;
        if (step.stage() == Stage.FAILED) done.completeExceptionally(new IllegalStateException("failed: " + step));
        if (step.stage() != Stage.DELIVERED) return;
        Long since = began.remove(step.id());
        if (since == null) return;
        int place = delivered.getAndIncrement();
        nanos[place] = System.nanoTime() - since;
        if (place + 1 == nanos.length) done.complete(null);
        else write();
    }

    private void write() {
        int number = written.getAndIncrement();
        if (number >= nanos.length) return;
        long since = System.nanoTime();
        node.call(core -> {
            Result<MessageId> result = core.send(to, WORDS + number);
            // Before the input ends: no tick can be earlier.
            if (result instanceof Result.Ok<MessageId> ok) began.put(ok.value(), since);
            else done.completeExceptionally(new IllegalStateException(String.valueOf(result)));
            return result;
        });
    }
}
