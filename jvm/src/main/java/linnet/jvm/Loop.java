package linnet.jvm;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import linnet.core.env.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The node's one thread: takes an input, runs it to completion, tells its owner, takes the next.
 *
 * <p>The queue is bounded at its sources, because none of them can wait on the node's thread without the danger of a deadlock: a
 * channel hands in a few messages and then stops reading its socket (package websocket), the disk's callbacks are as many as its
 * batches, and calls of the application are refused above {@value #CALLS_MAX}.
 */
final class Loop {
    /** Calls of the application that may wait: a second or two of work, so that none waits for longer. */
    static final int CALLS_MAX = 10_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LinkedBlockingDeque<Runnable> inputs = new LinkedBlockingDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final TreeSet<Task> timers =
            new TreeSet<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::order));
    private final long startNanos = System.nanoTime();
    private final Owner owner;
    private final Thread thread;
    private final TimeHistogram times = new TimeHistogram();
    private long order;
    private volatile boolean stopped;

    /** Hears of every input, on the loop's thread. */
    interface Owner {
        /** An input ran to completion. */
        void onFinished();

        /** An input threw, or {@link #onFinished} did. */
        void onEscaped(Throwable error);

        /** The loop has stopped, because {@link #onEscaped} itself threw: nothing runs any more. */
        void onDied(Throwable error);
    }

    private record Task(long dueNanos, long order, Runnable task) {}

    Loop(Owner owner) {
        this.owner = owner;
        thread = new Thread(this::run, "linnet-node");
    }

    void start() {
        thread.start();
    }

    /** Returns milliseconds since the loop was made. */
    long nowMillis() {
        return nowNanos() / NANOS_PER_MILLI;
    }

    /** Returns whether the caller is on the loop's thread. */
    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** Adds an input, from any thread. Dropped when the loop has stopped. */
    void post(Runnable input) {
        if (!stopped) inputs.add(input);
    }

    /** Adds an input before all others: the first one. */
    void postFirst(Runnable input) {
        inputs.addFirst(input);
    }

    /** Adds a call of the application; returns false when too many wait or the loop has stopped. */
    boolean offer(Runnable call) {
        if (stopped) return false;
        if (calls.incrementAndGet() > CALLS_MAX) {
            calls.decrementAndGet();
            return false;
        }
        inputs.add(() -> {
            calls.decrementAndGet();
            call.run();
        });
        return true;
    }

    /** Runs {@code task} later; on the loop's thread only. */
    Timer after(Duration delay, Runnable task) {
        Task timer = new Task(nowNanos() + Math.max(0, delay.toNanos()), order++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Returns how long inputs took until now; on the loop's thread only. */
    TimeHistogram.Times times() {
        return times.times();
    }

    /** Returns how many inputs wait. */
    int waiting() {
        return inputs.size();
    }

    boolean isStopped() {
        return stopped;
    }

    /** Stops after the input that runs now; what waits is dropped. */
    void stop() {
        stopped = true;
        inputs.add(() -> {});
    }

    /** Waits until the thread has ended; returns false if it has not within {@code millis}. */
    boolean join(long millis) {
        if (isHere()) return true;
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        // Timers and inputs take turns, so that neither can keep the other waiting.
        while (!stopped) {
            Runnable due = dueTimer();
            if (due != null) runOne(due);
            Runnable input = due != null ? inputs.poll() : waitForInput();
            if (input != null && !stopped) runOne(input);
        }
    }

    private void runOne(Runnable input) {
        long beganNanos = System.nanoTime();
        try {
            input.run();
            owner.onFinished();
        } catch (Throwable error) {
            escaped(error);
        }
        times.add(System.nanoTime() - beganNanos);
    }

    private void escaped(Throwable error) {
        try {
            owner.onEscaped(error);
        } catch (Throwable worse) {
            stopped = true;
            if (worse != error) worse.addSuppressed(error);
            owner.onDied(worse);
        }
    }

    private @Nullable Runnable dueTimer() {
        if (timers.isEmpty() || timers.first().dueNanos() > nowNanos()) return null;
        Task first = timers.first();
        timers.remove(first);
        return first.task();
    }

    private @Nullable Runnable waitForInput() {
        try {
            if (timers.isEmpty()) return inputs.take();
            return inputs.poll(timers.first().dueNanos() - nowNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // A question of the application may have left it. It means nothing here, and must not end the thread.
            return null;
        }
    }

    private long nowNanos() {
        return System.nanoTime() - startNanos;
    }
}
