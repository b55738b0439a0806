package linnet.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import org.jspecify.annotations.Nullable;

/** Follows the events of a node from one number on, until a time is over. */
final class WatchedEvents {
    private static final long POLL_MILLIS_MAX = 20_000;

    private final ApiClient node;
    private long since;

    WatchedEvents(ApiClient node, long since) {
        this.node = node;
        this.since = since;
    }

    /** Starts behind the newest event. */
    static WatchedEvents fromNow(ApiClient node) throws IOException, ApiProblem {
        return new WatchedEvents(node, NodeVerb.number(node.get("status"), "lastEvent"));
    }

    /** What is done with an event. */
    interface Eye {
        /** Returns whether this was the one. */
        boolean sees(String type, Map<String, @Nullable Object> data, Map<String, @Nullable Object> event);
    }

    /** Shows the events to {@code eye} until it has seen the one; returns false when the time was over before. */
    boolean until(Duration wait, Eye eye) throws IOException, ApiProblem {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            long poll = Math.max(0, Math.min(leftMillis, POLL_MILLIS_MAX));
            for (Map<String, @Nullable Object> event : node.events(since, poll)) {
                since = NodeVerb.number(event, "seq");
                if (eye.sees(NodeVerb.text(event, "type"), NodeVerb.inner(event, "data"), event)) return true;
            }
            if (leftMillis <= 0) return false;
        }
    }
}
