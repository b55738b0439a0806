package linnet.core.dht;

import linnet.core.id.Key;
import linnet.core.wire.Whereabouts;

/**
 * One peer of the routing table. Small, because a node of a large network has 260 of them: times are seconds, and the rest fits into four
 * bytes.
 *
 * <pre>
 *   TOLD ──answers──► PROVEN ──miss──► SUSPECT ──second miss──► GONE
 *     │                  ▲                │                       │
 *     └──miss──► (left)  └────answers─────┴───────answers─────────┘
 * </pre>
 *
 * <p>A miss is a question that its carrier sent two or three times in vain, while somebody else was heard.
 */
final class Contact {
    /** After so many unanswered questions in a row a contact is no longer taken for alive. */
    static final int MISSES_MAX = 2;

    private static final int RTT_UNKNOWN = 0;

    Whereabouts where;
    private final int group;

    /** When it was heard last; when it was told, for a contact that never answered. */
    private int heardSeconds;

    private short rttMillis = RTT_UNKNOWN;
    private byte misses;
    private boolean isProven;
    private boolean isLinked;

    Contact(Whereabouts where, int group, long nowMillis, boolean isProven) {
        this.where = where;
        this.group = group;
        this.heardSeconds = seconds(nowMillis);
        this.isProven = isProven;
    }

    /** How far a contact can be relied on, worst first. */
    enum Standing {
        /** Two questions were not answered, an hour apart. Kept for the day when nobody else is left. */
        GONE,
        /** The last question was not answered. */
        SUSPECT,
        /** Somebody told of it; it never answered here. */
        TOLD,
        /** It answered, or asked, and proved who it is. */
        PROVEN,
        /** A link to it is up. */
        LINKED
    }

    Key key() {
        return where.peer().key();
    }

    int group() {
        return group;
    }

    Standing standing() {
        if (isLinked) return Standing.LINKED;
        if (misses >= MISSES_MAX) return Standing.GONE;
        if (misses > 0) return Standing.SUSPECT;
        return isProven ? Standing.PROVEN : Standing.TOLD;
    }

    int misses() {
        return misses;
    }

    boolean isProven() {
        return isProven;
    }

    /** Returns the smoothed round trip, or 0 if none was measured. */
    int rttMillis() {
        return rttMillis & 0xffff;
    }

    /** Returns for how long nothing was heard. */
    long silentMillis(long nowMillis) {
        return Math.max(0, nowMillis - heardSeconds * 1_000L);
    }

    boolean heardBefore(Contact other) {
        return heardSeconds < other.heardSeconds;
    }

    /** It gave a sign of life. */
    void onHeard(int measuredMillis, long nowMillis) {
        heardSeconds = seconds(nowMillis);
        misses = 0;
        isProven = true;
        if (measuredMillis < 0) return;
        int measured = Math.min(Math.max(1, measuredMillis), 0xffff);
        int old = rttMillis();
        rttMillis = (short) (old == RTT_UNKNOWN ? measured : (7 * old + measured) / 8);
    }

    void onMiss() {
        if (misses < MISSES_MAX) misses++;
    }

    void onGone() {
        misses = MISSES_MAX;
        isLinked = false;
    }

    void onLink(boolean isUp) {
        isLinked = isUp;
    }

    private static int seconds(long millis) {
        return (int) (millis / 1_000);
    }
}
