package linnet.sim.host;

import linnet.core.env.Chance;

/**
 * One direction between two hosts, as TCP makes it look: a lost segment comes later (after 200 ms, then twice that, and so
 * on), and after 15 s without progress whoever sent gives up.
 */
final class Path {
    /** The first wait for a lost segment, as Linux's minimum. */
    private static final int RETRY_MILLIS = 200;

    /** No progress for this long breaks a channel. */
    static final int PATIENCE_MILLIS = 15_000;

    /** What {@link #arrival} answers when nothing gets through in time. */
    static final long NEVER = Long.MAX_VALUE;

    private final Chance chance;
    private final int latencyMillis;
    private long cutUntilMillis;
    private long cloggedUntilMillis;

    Path(Chance chance, int latencyMillis) {
        this.chance = chance;
        this.latencyMillis = latencyMillis;
    }

    /** Lets nothing through until then. */
    void cut(long untilMillis) {
        cutUntilMillis = Math.max(cutUntilMillis, untilMillis);
    }

    /** Holds everything back until then. */
    void clog(long untilMillis) {
        cloggedUntilMillis = Math.max(cloggedUntilMillis, untilMillis);
    }

    /** Ends every cut and clog. */
    void heal() {
        cutUntilMillis = 0;
        cloggedUntilMillis = 0;
    }

    boolean isCut(long atMillis) {
        return atMillis < cutUntilMillis;
    }

    boolean isClogged(long atMillis) {
        return atMillis < cloggedUntilMillis;
    }

    /** Returns when something that leaves now is there, or {@link #NEVER}. */
    long arrival(long nowMillis, double loss) {
        long at = nowMillis;
        int wait = RETRY_MILLIS;
        while (isCut(at) || (loss > 0 && chance.happens(loss))) {
            at += wait;
            wait *= 2;
            if (at - nowMillis > PATIENCE_MILLIS) return NEVER;
        }
        int spread = latencyMillis / 4;
        return Math.max(at, cloggedUntilMillis) + latencyMillis + (spread == 0 ? 0 : chance.below(spread));
    }

    /** Returns when a single packet that leaves now is there, or {@link #NEVER}: nobody sends it again. */
    long packetArrival(long nowMillis, double loss) {
        if (isCut(nowMillis) || (loss > 0 && chance.happens(loss))) return NEVER;
        int spread = latencyMillis / 4;
        return Math.max(nowMillis, cloggedUntilMillis) + latencyMillis + (spread == 0 ? 0 : chance.below(spread));
    }

    int latencyMillis() {
        return latencyMillis;
    }
}
