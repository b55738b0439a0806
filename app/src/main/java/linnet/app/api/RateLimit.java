package linnet.app.api;

/** A bucket of tokens: so many calls at once, and so many a second for long. Time is an argument. */
final class RateLimit {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final long nanosPerCall;
    private final long nanosMax;
    private long fullAtNanos;

    /**
     * Creates a full bucket.
     *
     * @param perSecond calls a second for long, from 1
     * @param burst calls at once, from 1
     */
    RateLimit(int perSecond, int burst, long nowNanos) {
        nanosPerCall = SECOND_NANOS / perSecond;
        nanosMax = nanosPerCall * burst;
        fullAtNanos = nowNanos;
    }

    /** Takes a call; returns 0, or after how many whole seconds one more is taken. */
    long secondsToWait(long nowNanos) {
        long emptied = Math.max(0, fullAtNanos - nowNanos) + nanosPerCall;
        if (emptied > nanosMax) return (emptied - nanosMax + SECOND_NANOS - 1) / SECOND_NANOS;
        fullAtNanos = nowNanos + emptied;
        return 0;
    }
}
