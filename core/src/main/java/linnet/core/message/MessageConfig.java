package linnet.core.message;

import java.time.Duration;

/**
 * How messages are sent and taken in.
 *
 * @param receipts whether READ is told to contacts; true by default
 * @param retry the waits between attempts to reach a device; 2 s doubling to 2 min, then 5 min doubling to 6 h (SPEC decision 13)
 * @param presentMax longest wait while the conversation is open or the peer is linked; 30 s (SPEC decision 13)
 * @param resend first wait for an acknowledgement over a living link before a message is sent again; 10 s, because a link may
 *     stand still for that long without breaking
 * @param gap how long a missing message is waited for before those after it are shown; 10 s
 * @param acknowledge how long after others acknowledgements wait for company; 2 ms: seconds of a processor are saved, nobody waits
 * @param life how long a message is tried; 14 days (SPEC decision 13)
 */
public record MessageConfig(
        boolean receipts,
        Backoff retry,
        Duration presentMax,
        Duration resend,
        Duration gap,
        Duration acknowledge,
        Duration life) {
    /** Checks the ranges. */
    public MessageConfig {
        positive(presentMax, "presentMax");
        positive(resend, "resend");
        positive(gap, "gap");
        positive(life, "life");
        if (acknowledge.isNegative()) throw new IllegalArgumentException("acknowledge: " + acknowledge);
    }

    /** Returns the defaults. */
    public static MessageConfig defaults() {
        return new MessageConfig(
                true,
                Backoff.defaults(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMillis(2),
                Duration.ofDays(14));
    }

    /** Returns this with READ told or not. */
    public MessageConfig withReceipts(boolean told) {
        return new MessageConfig(told, retry, presentMax, resend, gap, acknowledge, life);
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) throw new IllegalArgumentException(name + ": " + value);
    }
}
