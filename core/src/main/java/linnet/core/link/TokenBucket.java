package linnet.core.link;

/**
 * How often something may happen: so many times a second in the long run, and a burst at once. Holds no timer; it fills while nobody
 * looks.
 */
public final class TokenBucket {
    /** Tokens are counted in thousandths, so that every millisecond adds a whole number of parts. */
    private static final long PARTS = 1_000;

    private final int perSecond;
    private final long fullParts;
    private long parts;
    private long filledMillis;

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens that come back in a second
     * @param burst tokens of a full bucket
     */
    public TokenBucket(int perSecond, int burst, long nowMillis) {
        if (perSecond < 1 || burst < 1) throw new IllegalArgumentException("a bucket that never lets anything pass");
        this.perSecond = perSecond;
        this.fullParts = burst * PARTS;
        this.parts = fullParts;
        this.filledMillis = nowMillis;
    }

    /** Takes {@code count} tokens, or takes none and returns false. */
    public boolean take(int count, long nowMillis) {
        if (count < 0) throw new IllegalArgumentException("count: " + count);
        // After a long silence the product could be large; beyond a full bucket it does not matter.
        long elapsed = Math.min(Math.max(0, nowMillis - filledMillis), fullParts);
        parts = Math.min(fullParts, parts + elapsed * perSecond);
        filledMillis = Math.max(filledMillis, nowMillis);
        if (parts < count * PARTS) return false;
        parts -= count * PARTS;
        return true;
    }
}
