package linnet.core.message;

import java.time.Duration;
import linnet.core.env.Chance;

/**
 * Waits between attempts in two phases: short ones while the other side may be back in a moment, long ones after that. Each
 * phase doubles up to its maximum; every wait is shortened by up to a half, so that peers that failed together do not return
 * together.
 *
 * @param shortFirst before the second attempt
 * @param shortMax where the first phase ends
 * @param longFirst the first wait of the second phase
 * @param longMax never longer than this, however many attempts failed
 */
public record Backoff(Duration shortFirst, Duration shortMax, Duration longFirst, Duration longMax) {
    /** Checks the order. */
    public Backoff {
        if (shortFirst.isNegative() || shortFirst.isZero()) throw new IllegalArgumentException("first: " + shortFirst);
        if (shortMax.compareTo(shortFirst) < 0 || longFirst.compareTo(shortMax) < 0 || longMax.compareTo(longFirst) < 0)
            throw new IllegalArgumentException("waits must grow");
        if (longMax.compareTo(Duration.ofDays(7)) > 0) throw new IllegalArgumentException("longest: " + longMax);
    }

    /** Returns 2 s doubling to 2 min, then 5 min doubling to 6 h (SPEC decision 13). */
    public static Backoff defaults() {
        return new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofHours(6));
    }

    /**
     * Returns how long to wait after so many failed attempts.
     *
     * @param attempt 0 after the first
     */
    public long waitMillis(int attempt, Chance chance) {
        if (attempt < 0) throw new IllegalArgumentException("attempt: " + attempt);
        int whole = (int) wholeMillis(attempt);
        return (long) whole - chance.below(whole / 2 + 1);
    }

    /** Returns the wait before it is shortened. */
    private long wholeMillis(int attempt) {
        int left = attempt;
        long wait = shortFirst.toMillis();
        for (long max = shortMax.toMillis(); wait < max; wait = Math.min(wait * 2, max)) if (left-- == 0) return wait;
        if (left-- == 0) return wait;
        wait = longFirst.toMillis();
        for (long max = longMax.toMillis(); wait < max; wait = Math.min(wait * 2, max)) if (left-- == 0) return wait;
        return wait;
    }
}
