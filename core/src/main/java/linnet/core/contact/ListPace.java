package linnet.core.contact;

import java.util.Map;
import java.util.TreeMap;
import linnet.core.id.UserId;

/**
 * How often the devices of one person may change: eight times at once, and once a minute in the long run. Each change moves
 * what waits for them, so a person who changes devices without end would cost much more than they send.
 */
final class ListPace {
    private static final int BURST = 8;
    private static final long MINUTE_MILLIS = 60_000;

    /** When all changes so far are paid for, of those who changed. */
    private final Map<UserId, Long> paidMillisByUser = new TreeMap<>();

    /** Notes a change, or returns false if there were too many. */
    boolean takes(UserId user, long nowMillis) {
        long paid = Math.max(nowMillis, paidMillisByUser.getOrDefault(user, nowMillis));
        if (paid - nowMillis > (BURST - 1) * MINUTE_MILLIS) return false;
        paidMillisByUser.put(user, paid + MINUTE_MILLIS);
        return true;
    }
}
