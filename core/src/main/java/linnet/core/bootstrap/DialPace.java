package linnet.core.bootstrap;

/**
 * Keeps a node's dials apart, so that thousands of nodes that lost their links together do not make a storm (SPEC R2): in no second, wherever
 * it begins, are there more than so many.
 */
final class DialPace {
    private final long intervalMillis;
    private long nextMillis;

    DialPace(int perSecond) {
        this.intervalMillis = (1_000L + perSecond - 1) / perSecond;
    }

    /** Takes the right to dial now, or returns false. */
    boolean take(long nowMillis) {
        if (nowMillis < nextMillis) return false;
        nextMillis = nowMillis + intervalMillis;
        return true;
    }

    /** Returns how long until the next dial. */
    long waitMillis(long nowMillis) {
        return Math.max(0, nextMillis - nowMillis);
    }
}
