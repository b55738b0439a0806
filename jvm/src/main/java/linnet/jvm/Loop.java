package linnet.jvm;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import linnet.core.env.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The node's one thread: takes an input, runs it to completion, tells its owner, takes the next. It is the thread of the sockets too: what
 * comes from the network is an input at once, without a queue and a wake-up in between.
 *
 * <p>What waits is bounded at its sources: a socket is not read while the thread is busy, the disk's callbacks are as many as its
 * batches, and calls of the application are refused above {@value #CALLS_MAX}.
 */
final class Loop {
    /** Calls of the application that may wait: a second or two of work, so that none waits for longer. */
    static final int CALLS_MAX = 10_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("linnet-node", false), NioIoHandler.newFactory());
    private final EventLoop thread = group.next();
    private final AtomicInteger calls = new AtomicInteger();
    private final long startNanos = System.nanoTime();
    private final Owner owner;
    private final TimeHistogram times = new TimeHistogram();
    private volatile boolean stopped;

    /** Whether an input runs now; the loop's thread's. */
    private boolean running;

    /** Hears of every input, on the loop's thread. */
    interface Owner {
        /** An input ran to completion. */
        void onFinished();

        /** An input threw, or {@link #onFinished} did. */
        void onEscaped(Throwable error);

        /** The loop has stopped, because {@link #onEscaped} itself threw: nothing runs any more. */
        void onDied(Throwable error);
    }

    Loop(Owner owner) {
        this.owner = owner;
    }

    /** Returns the thread as sockets need it. */
    EventLoop thread() {
        return thread;
    }

    /** Returns milliseconds since the loop was made. */
    long nowMillis() {
        return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }

    /** Returns whether the caller is on the loop's thread. */
    boolean isHere() {
        return thread.inEventLoop();
    }

    /** Adds an input, from any thread. Dropped when the loop has stopped. */
    void post(Runnable input) {
        if (stopped) return;
        try {
            thread.execute(() -> runOne(input));
        } catch (RejectedExecutionException ended) {
            // It has stopped between the lines above.
        }
    }

    /** Takes an input that a socket brings, and runs it at once when nothing else runs; else it waits for its turn. */
    void hear(Runnable input) {
        if (isHere() && !running) runOne(input);
        else post(input);
    }

    /** Adds a call of the application; returns false when too many wait or the loop has stopped. */
    boolean offer(Runnable call) {
        if (stopped) return false;
        if (calls.incrementAndGet() > CALLS_MAX) {
            calls.decrementAndGet();
            return false;
        }
        post(() -> {
            calls.decrementAndGet();
            call.run();
        });
        return true;
    }

    /** Runs {@code task} later; on the loop's thread only. */
    Timer after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(task);
        if (delay.isZero() || delay.isNegative()) thread.execute(alarm);
        else alarm.scheduled = thread.schedule(alarm, delay.toNanos(), TimeUnit.NANOSECONDS);
        return alarm;
    }

    /** Returns how long inputs took until now; on the loop's thread only. */
    TimeHistogram.Times times() {
        return times.times();
    }

    /** Returns how many inputs wait. */
    int waiting() {
        return ((SingleThreadEventExecutor) thread).pendingTasks();
    }

    boolean isStopped() {
        return stopped;
    }

    /** Stops after the input that runs now; what waits is dropped. Sockets go on until {@link #join}. */
    void stop() {
        stopped = true;
    }

    /** Ends the thread and waits for it; returns false if it has not ended within {@code millis}. */
    boolean join(long millis) {
        stopped = true;
        Future<?> ended = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        if (isHere()) return true;
        try {
            return ended.await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended.isDone();
        }
    }

    private void runOne(Runnable input) {
        if (stopped) return;
        running = true;
        long beganNanos = System.nanoTime();
        try {
            input.run();
            owner.onFinished();
        } catch (Throwable error) {
            escaped(error);
        } finally {
            running = false;
            times.add(System.nanoTime() - beganNanos);
        }
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

    /** A task of the core, and the means to take it back. */
    private final class Alarm implements Runnable, Timer {
        private final Runnable task;
        private @Nullable Future<?> scheduled;
        private boolean cancelled;

        Alarm(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) runOne(task);
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (scheduled != null) scheduled.cancel(false);
        }
    }
}
