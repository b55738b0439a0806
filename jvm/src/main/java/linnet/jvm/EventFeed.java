package linnet.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linnet.jvm.HostException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands durable events to those who follow them, on one thread of its own. Each has a place of its own in the sequence, so that one
 * who comes late or reads slowly misses nothing that is kept.
 */
final class EventFeed implements AutoCloseable {
    /** Newest events held in memory, so that followers who keep up never read the disk. */
    private static final int RECENT_MAX = 1_024;

    /** Events read at once for a follower that is behind. */
    private static final int PAGE = 256;

    /** How long a disk that failed is left alone; doubled {@value #RETRY_DOUBLINGS} times, to 25 s. */
    private static final long RETRY_MILLIS = 200;

    private static final int RETRY_DOUBLINGS = 7;

    private static final Logger LOG = LoggerFactory.getLogger("linnet.events");

    private final KeptEvents kept;
    private final Thread thread;
    /** The event of a number lies at its remainder. */
    private final @Nullable NumberedEvent[] recent = new NumberedEvent[RECENT_MAX];

    private final List<Follower> followers = new ArrayList<>();
    private long last;
    private boolean closed;

    private static final class Follower {
        final Consumer<NumberedEvent> listener;
        final Consumer<RuntimeException> onDropped;
        long known;
        /** Reads that failed, one after the other. */
        int failures;
        /** When the disk is asked again after a failure. */
        long retryNanos;

        Follower(long known, Consumer<NumberedEvent> listener, Consumer<RuntimeException> onDropped) {
            this.known = known;
            this.listener = listener;
            this.onDropped = onDropped;
        }
    }

    EventFeed(KeptEvents kept) {
        this.kept = kept;
        last = kept.lastEvent();
        thread = new Thread(this::run, "linnet-events");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes in what became durable. */
    synchronized void add(List<NumberedEvent> events) {
        for (NumberedEvent event : events) recent[place(event.number())] = event;
        last = events.get(events.size() - 1).number();
        notifyAll();
    }

    synchronized long last() {
        return last;
    }

    /**
     * Returns kept events after a number, 0 for all of them; fails with EVENTS_GONE if the next one is not kept any more, or the number is none
     * of this home's: a restored home counts on from its backup, and whoever knows a later number knows of another life.
     */
    List<NumberedEvent> after(long since, int limit) {
        // The disk may be ahead of what was told.
        if (since > last() && since > kept.lastEvent())
            throw new HostException(Kind.EVENTS_GONE, "No event has the number " + since + " here.");
        List<NumberedEvent> recent = recentAfter(since, limit);
        if (recent != null) return recent;
        List<NumberedEvent> page = kept.eventsAfter(since, limit);
        // Judged by what was read: between two questions to the disk another event could go.
        long first = page.isEmpty() ? since + 1 : page.get(0).number();
        if (since > 0 && first > since + 1)
            throw new HostException(Kind.EVENTS_GONE, "Events before number " + first + " are not kept any more.");
        return page;
    }

    Subscription follow(long since, Consumer<NumberedEvent> listener, Consumer<RuntimeException> onDropped) {
        long known = Math.min(since, last());
        // Asked here, so that the caller hears of events that are gone, not the follower's thread.
        if (after(known, 1).isEmpty()) known = Math.max(known, 0);
        Follower follower = new Follower(known, listener, onDropped);
        synchronized (this) {
            followers.add(follower);
            notifyAll();
        }
        return () -> remove(follower);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == thread) return;
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void remove(Follower follower) {
        followers.remove(follower);
    }

    /** Returns null when memory does not reach back that far. */
    private synchronized @Nullable List<NumberedEvent> recentAfter(long since, int limit) {
        List<NumberedEvent> found = new ArrayList<>();
        for (long number = since + 1; number <= last && found.size() < limit; number++) {
            NumberedEvent event = recent[place(number)];
            if (event == null || event.number() != number) return null;
            found.add(event);
        }
        return found;
    }

    private static int place(long number) {
        return (int) Math.floorMod(number, (long) RECENT_MAX);
    }

    private void run() {
        for (Follower next = behind(); next != null; next = behind()) {
            List<NumberedEvent> page = read(next);
            try {
                for (NumberedEvent event : page) {
                    next.known = event.number();
                    next.listener.accept(event);
                }
            } catch (RuntimeException e) {
                drop(next, e);
            } catch (Error e) {
                // An error of one listener, a failed assertion say, must not end the thread of all.
                drop(next, new IllegalStateException("A listener failed: " + e, e));
            }
        }
    }

    /** Reads on for a follower. A disk that does not answer now is asked again: the follower's place is not lost by it. */
    private List<NumberedEvent> read(Follower follower) {
        try {
            List<NumberedEvent> page = after(follower.known, PAGE);
            follower.failures = 0;
            return page;
        } catch (HostException e) {
            if (e.kind() == Kind.DISK_FAILED) retryLater(follower, e);
            else drop(follower, e);
            return List.of();
        }
    }

    private void drop(Follower follower, RuntimeException why) {
        remove(follower);
        LOG.atWarn().setCause(why).addKeyValue("after", follower.known).log("events.follower.dropped");
        try {
            follower.onDropped.accept(why);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("events.follower.threw");
        }
    }

    private void retryLater(Follower follower, HostException why) {
        follower.retryNanos = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS << Math.min(follower.failures, RETRY_DOUBLINGS));
        follower.failures++;
        LOG.atWarn().setCause(why).addKeyValue("after", follower.known).log("events.read.failed");
    }

    /** Waits for a follower that has something to hear; null at the end. Takes them in turns. */
    private synchronized @Nullable Follower behind() {
        while (!closed) {
            boolean retries = false;
            for (Follower follower : followers) {
                if (follower.known >= last) continue;
                if (follower.failures > 0 && System.nanoTime() - follower.retryNanos < 0) {
                    retries = true;
                    continue;
                }
                followers.remove(follower);
                followers.add(follower);
                return follower;
            }
            try {
                if (retries) wait(RETRY_MILLIS);
                else wait();
            } catch (InterruptedException e) {
                // A listener has left it. It means nothing to the others.
                LOG.debug("events.interrupted");
            }
        }
        return null;
    }
}
