package linnet.app.api;

import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.id.UserId;

/**
 * Who looks at which conversation, and until when: a terminal that was closed says nothing, so a lease lapses. A conversation is open
 * while one of its holders has a lease. Used on the API's event loop only.
 */
final class Leases {
    /** Most leases at the same time: far more than anybody has terminals and pages. */
    private static final int LEASES_MAX = 256;

    private final Vertx vertx;
    private final Map<Lease, Long> timers = new LinkedHashMap<>();

    private record Lease(UserId with, String holder) {}

    Leases(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Takes a lease or prolongs it. {@code lapsed} runs when the last one of the conversation lapses. Returns false when there are too many. */
    boolean take(UserId with, String holder, long millis, Runnable lapsed) {
        release(with, holder);
        if (timers.size() >= LEASES_MAX) return false;
        Lease lease = new Lease(with, holder);
        timers.put(lease, vertx.setTimer(millis, timer -> {
            timers.remove(lease);
            if (!isOpen(with)) lapsed.run();
        }));
        return true;
    }

    /** Gives a lease back. */
    void release(UserId with, String holder) {
        Long timer = timers.remove(new Lease(with, holder));
        if (timer != null) vertx.cancelTimer(timer);
    }

    /** Returns whether somebody looks at the conversation. */
    boolean isOpen(UserId with) {
        for (Lease lease : timers.keySet()) if (lease.with().equals(with)) return true;
        return false;
    }
}
