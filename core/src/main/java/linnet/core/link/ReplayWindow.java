package linnet.core.link;

/**
 * Which numbered packets came already, of those that may still come: the highest number and the 63 below it (RFC 6479 in small). Older
 * ones count as repeated.
 */
final class ReplayWindow {
    private static final int PACKETS = 64;

    private int highest = -1;

    /** Bit i: {@code highest - i} came. */
    private long seen;

    /** Returns whether a packet of this number, from 0, has not come yet. */
    boolean isNew(int number) {
        if (number > highest) return true;
        int behind = highest - number;
        return behind < PACKETS && (seen >>> behind & 1) == 0;
    }

    /** Notes a packet that has proved to be genuine. */
    void note(int number) {
        if (number > highest) {
            int ahead = number - highest;
            seen = ahead >= PACKETS ? 1 : seen << ahead | 1;
            highest = number;
        } else if (highest - number < PACKETS) {
            seen |= 1L << (highest - number);
        }
    }
}
