package linnet.core.dht;

import java.time.Duration;

/**
 * When an answer is late, by the round trips seen so far (RFC 6298, section 2: mean and deviation). The bounds of S2 stay above it: 10 s
 * for a peer with a link, 3 s for one without.
 */
final class RoundTrips {
    /** Longest wait for a peer with a link that is up, and for one without (SPEC L6). */
    static final Duration LINKED_MAX = Duration.ofSeconds(10);

    static final Duration UNLINKED_MAX = Duration.ofSeconds(3);

    private static final int LATE_MILLIS_MIN = 60;
    private static final int LATE_MILLIS_MAX = 1_000;

    /** Before anything was measured: a round trip around the world. */
    private static final int FIRST_MILLIS = 300;

    /** A peer has so many times the late mark before the question counts as lost: several sendings fit into it. */
    private static final int PATIENCE = 5;

    private static final int TIMEOUT_MILLIS_MIN = 1_000;

    /** The same for a question whether a peer is there: two sendings, for most of those who do not answer are gone. */
    private static final int CHECK_PATIENCE = 3;

    private static final int CHECK_MILLIS_MIN = 500;

    private int meanMillis;
    private int deviationMillis;

    /** Notes a round trip. */
    void onMeasured(int rttMillis) {
        int measured = Math.min(Math.max(1, rttMillis), (int) LINKED_MAX.toMillis());
        if (meanMillis == 0) {
            meanMillis = measured;
            deviationMillis = measured / 2;
            return;
        }
        deviationMillis += (Math.abs(measured - meanMillis) - deviationMillis) / 4;
        meanMillis += (measured - meanMillis) / 8;
    }

    /** Returns after how long another peer is asked as well. */
    int lateMillis() {
        if (meanMillis == 0) return FIRST_MILLIS;
        return Math.min(Math.max(LATE_MILLIS_MIN, meanMillis + 2 * deviationMillis), LATE_MILLIS_MAX);
    }

    /** Returns after how long a question is given up. */
    Duration timeout(boolean isLinked) {
        return within(isLinked, Math.max(TIMEOUT_MILLIS_MIN, PATIENCE * (long) lateMillis()));
    }

    /** Returns after how long a peer that was asked whether it is there is not. */
    Duration checkTimeout(boolean isLinked) {
        return within(isLinked, Math.max(CHECK_MILLIS_MIN, CHECK_PATIENCE * (long) lateMillis()));
    }

    private static Duration within(boolean isLinked, long millis) {
        return Duration.ofMillis(Math.min((isLinked ? LINKED_MAX : UNLINKED_MAX).toMillis(), millis));
    }
}
