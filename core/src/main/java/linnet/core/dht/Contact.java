package linnet.core.dht;

import linnet.core.id.Key;
import linnet.core.id.PeerId;
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
    private static final int PROVEN = 1;
    private static final int LINKED = 2;

    private Whereabouts where;
    private int group;

    /** The first bits of the key, at hand: tables are searched all the time, and nearly always these decide. */
    private final int prefix;

    /** When it was heard last; when it was told, for a contact that never answered. */
    private int heardSeconds;

    private short rttMillis = RTT_UNKNOWN;
    private byte misses;

    /** {@link #PROVEN} and {@link #LINKED}: two booleans would make every contact eight bytes larger. */
    private byte flags;

    Contact(Whereabouts where, long nowMillis, boolean isProven) {
        this.where = where;
        this.group = where.addressGroup();
        this.prefix = where.prefix();
        this.heardSeconds = seconds(nowMillis);
        if (isProven) set(PROVEN, true);
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

    Whereabouts where() {
        return where;
    }

    /** It is somewhere else now. */
    void moved(Whereabouts now) {
        where = now;
        group = now.addressGroup();
    }

    Key key() {
        return where.peer().key();
    }

    boolean is(PeerId peer, int prefixOfPeer) {
        return prefix == prefixOfPeer && where.peer().equals(peer);
    }

    /** Returns whether this is nearer to a key than another contact is. */
    boolean isNearer(Contact other, Key target) {
        if (prefix == other.prefix) return target.compareDistance(key(), other.key()) < 0;
        return Integer.compareUnsigned(target.a() ^ prefix, target.a() ^ other.prefix) < 0;
    }

    int group() {
        return group;
    }

    Standing standing() {
        if ((flags & LINKED) != 0) return Standing.LINKED;
        if (misses >= MISSES_MAX) return Standing.GONE;
        if (misses > 0) return Standing.SUSPECT;
        return isProven() ? Standing.PROVEN : Standing.TOLD;
    }

    int misses() {
        return misses;
    }

    boolean isProven() {
        return (flags & PROVEN) != 0;
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
        set(PROVEN, true);
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
        set(LINKED, false);
    }

    void onLink(boolean isUp) {
        set(LINKED, isUp);
    }

    private void set(int flag, boolean isSet) {
        flags = (byte) (isSet ? flags | flag : flags & ~flag);
    }

    private static int seconds(long millis) {
        return (int) (millis / 1_000);
    }
}
