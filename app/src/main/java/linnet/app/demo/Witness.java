package linnet.app.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event stream of one node and writes what it sees into the ledger. When the node dies it goes on from the last number it has
 * seen, as any program would.
 */
final class Witness implements AutoCloseable {
    private static final long POLL_MILLIS = 5_000;
    private static final long AGAIN_MILLIS = 50;

    private final Actor actor;
    private final Ledger ledger;
    private final Thread thread;
    private long since;
    private volatile ApiClient node;
    private volatile boolean closed;
    private volatile @Nullable Exception broken;

    Witness(Actor actor, Ledger ledger) {
        this.actor = actor;
        this.ledger = ledger;
        this.node = actor.node();
        thread = new Thread(this::watch, "witness-" + actor.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** The node has another process now. */
    synchronized void follow(ApiClient restarted) {
        node = restarted;
        notifyAll();
    }

    /** Throws what made the witness blind. */
    void check() throws IOException {
        Exception why = broken;
        if (why != null) throw new IOException("the events of " + actor.name() + " cannot be read", why);
    }

    private void watch() {
        while (!closed) {
            ApiClient now = node;
            try {
                for (Map<String, @Nullable Object> event : now.events(since, POLL_MILLIS)) {
                    note(event);
                    if (event.get("seq") instanceof Long seq) since = seq;
                }
            } catch (IOException e) {
                awaitReturn(now);
            } catch (ApiProblem e) {
                if (e.status() != 503) {
                    broken = e;
                    return;
                }
                awaitReturn(now);
            }
        }
    }

    private void note(Map<String, @Nullable Object> event) {
        if (!(event.get("data") instanceof Map<?, ?> data)) return;
        String id = String.valueOf(data.get("id"));
        if ("received".equals(event.get("type")))
            ledger.shown(id, data.get("from") + ">" + actor.user(), String.valueOf(data.get("text")));
        if ("progress".equals(event.get("type"))) ledger.stage(id, String.valueOf(data.get("stage")));
    }

    /** The node is dead, or too busy to answer: goes on as soon as it is back, at the latest after a moment. */
    private synchronized void awaitReturn(ApiClient dead) {
        try {
            long deadline = System.nanoTime() + AGAIN_MILLIS * 1_000_000;
            for (long left = AGAIN_MILLIS; node == dead && !closed && left > 0; left = millisUntil(deadline))
                wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisUntil(long deadline) {
        return (deadline - System.nanoTime()) / 1_000_000;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Waits until a contact is accepted here. */
    static boolean awaitContact(Actor at, Actor who, long millis) throws IOException, ApiProblem {
        long deadline = System.nanoTime() + millis * 1_000_000;
        long since = 0;
        while (System.nanoTime() < deadline) {
            List<Map<String, @Nullable Object>> events = at.node().events(since, 1_000);
            for (Map<String, @Nullable Object> event : events) {
                if (event.get("seq") instanceof Long seq) since = seq;
                if ("contact".equals(event.get("type"))
                        && event.get("data") instanceof Map<?, ?> data
                        && who.user().equals(data.get("user"))
                        && "accepted".equals(data.get("state"))) return true;
            }
        }
        return false;
    }
}
