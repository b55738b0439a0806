package linnet.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.jvm.HostException.Kind;
import linnet.jvm.sqlite.Reading;
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

    private static final Logger LOG = LoggerFactory.getLogger("linnet.events");

    private final Reading reading;
    private final Thread thread;
    /** The event of a number lies at its remainder. */
    private final @Nullable NumberedEvent[] recent = new NumberedEvent[RECENT_MAX];

    private final List<Follower> followers = new ArrayList<>();
    private long last;
    private boolean closed;

    private static final class Follower {
        final Consumer<NumberedEvent> listener;
        long known;

        Follower(long known, Consumer<NumberedEvent> listener) {
            this.known = known;
            this.listener = listener;
        }
    }

    EventFeed(Reading reading) {
        this.reading = reading;
        last = reading.lastEvent();
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

    /** Returns kept events after a number, 0 for all of them; fails with EVENTS_GONE if the next one is not kept any more. */
    List<NumberedEvent> after(long since, int limit) {
        List<NumberedEvent> recent = recentAfter(since, limit);
        if (recent != null) return recent;
        List<NumberedEvent> page = reading.eventsAfter(since, limit);
        // Judged by what was read: between two questions to the disk another event could go.
        long first = page.isEmpty() ? since + 1 : page.get(0).number();
        if (since > 0 && first > since + 1)
            throw new HostException(Kind.EVENTS_GONE, "Events before number " + first + " are not kept any more.");
        return page;
    }

    JvmNode.Subscription follow(long since, Consumer<NumberedEvent> listener) {
        long known = Math.min(since, last());
        // Asked here, so that the caller hears of events that are gone, not the follower's thread.
        if (after(known, 1).isEmpty()) known = Math.max(known, 0);
        Follower follower = new Follower(known, listener);
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
            try {
                for (NumberedEvent event : after(next.known, PAGE)) {
                    next.known = event.number();
                    next.listener.accept(event);
                }
            } catch (RuntimeException e) {
                remove(next);
                LOG.atWarn().setCause(e).addKeyValue("after", next.known).log("events.follower.dropped");
            }
        }
    }

    /** Waits for a follower that has something to hear; null at the end. Takes them in turns. */
    private synchronized @Nullable Follower behind() {
        try {
            while (true) {
                if (closed) return null;
                for (Follower follower : followers) {
                    if (follower.known >= last) continue;
                    followers.remove(follower);
                    followers.add(follower);
                    return follower;
                }
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the feed", e);
        }
    }
}
