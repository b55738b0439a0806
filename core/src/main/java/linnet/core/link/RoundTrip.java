package linnet.core.link;

/**
 * How long an answer takes, and so when a packet counts as lost: smoothed time and variation as TCP has them (RFC 6298, with bounds of our
 * own), doubled for each time that the same question was sent already.
 */
public final class RoundTrip {
    /** No question is repeated sooner: a busy peer, or a garbage collection, is not a lost packet. */
    public static final int TIMEOUT_MILLIS_MIN = 200;

    /** No question waits longer for its next sending. */
    public static final int TIMEOUT_MILLIS_MAX = 3_000;

    /** Before anything was measured: longer than nearly every path, far below what a person waits for. */
    public static final int TIMEOUT_MILLIS_FIRST = 500;

    /** Smoothed time in eighths of a millisecond, and variation in quarters, so that small steps are not lost; 0: nothing measured. */
    private int smoothedEighths;

    private int variationQuarters;

    /** Creates one of which nothing is known. */
    public RoundTrip() {
        // Nothing is measured yet.
    }

    /** Takes a measured time into account: from a question that was sent once to its answer. */
    public void measured(int millis) {
        if (millis < 0) throw new IllegalArgumentException("round trip: " + millis);
        // More than a minute is a clock that jumped; it would take long to forget.
        int rtt = Math.min(Math.max(1, millis), 60_000);
        if (smoothedEighths == 0) {
            smoothedEighths = rtt * 8;
            variationQuarters = rtt * 2;
            return;
        }
        int difference = rtt - smoothedEighths / 8;
        variationQuarters += Math.abs(difference) - variationQuarters / 4;
        smoothedEighths += difference;
    }

    /** Returns whether anything was measured. */
    public boolean isMeasured() {
        return smoothedEighths > 0;
    }

    /** Returns the smoothed time in milliseconds, or 0 if nothing was measured. */
    public int millis() {
        return smoothedEighths / 8;
    }

    /**
     * Returns how long to wait before a question is sent again.
     *
     * @param sendings how often it was sent already, from 1
     */
    public int timeoutMillis(int sendings) {
        if (sendings < 1) throw new IllegalArgumentException("sendings: " + sendings);
        int once = isMeasured() ? smoothedEighths / 8 + variationQuarters : TIMEOUT_MILLIS_FIRST;
        int timeout = Math.max(TIMEOUT_MILLIS_MIN, once);
        for (int i = 1; i < sendings && timeout < TIMEOUT_MILLIS_MAX; i++) timeout *= 2;
        return Math.min(timeout, TIMEOUT_MILLIS_MAX);
    }
}
