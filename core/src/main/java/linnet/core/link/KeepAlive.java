package linnet.core.link;

/**
 * Whether the other side of a link is still there: it is asked when it was silent for {@link LinkConfig#PING_MILLIS}, and given up
 * after {@link LinkConfig#SILENCE_MILLIS}, or when it takes nothing for {@link LinkConfig#STALL_MILLIS} while something waits. What it is
 * asked tells the round trip, too. Whoever was dialled waits a little longer: both have heard each other at the same moment, and one ping
 * tells either that the other lives.
 */
final class KeepAlive {
    /** How often a channel without room is looked at: slow is not stalled, and only the channel knows what left. */
    private static final int LOOK_MILLIS = 5_000;

    /** What to do now. */
    enum Verdict {
        /** Nothing. */
        FINE,
        /** Ask for a sign of life. */
        ASK,
        /** Nothing was heard. */
        SILENT,
        /** Nothing was taken. */
        STALLED
    }

    private final int pingMillis;
    private long heardMillis;
    private boolean asked;
    private boolean blocked;
    private long movedMillis;
    private int leastQueuedBytes;
    private int pings;
    private long askedMillis;
    private int rttMillis;

    KeepAlive(long nowMillis, boolean dialledHere) {
        this.pingMillis = dialledHere ? LinkConfig.PING_MILLIS : LinkConfig.DIALLED_PING_MILLIS;
        this.heardMillis = nowMillis;
    }

    /** Something came that only the other side can have made. */
    void onHeard(long nowMillis) {
        heardMillis = nowMillis;
        asked = false;
    }

    /** The other side was asked for something that it answers at once. */
    void onAsked(long nowMillis) {
        askedMillis = nowMillis;
    }

    /** It answered. */
    void onAnswered(long nowMillis) {
        rttMillis = (int) Math.min(Integer.MAX_VALUE, nowMillis - askedMillis);
    }

    /** Returns the number of the ping that leaves now. */
    int nextPing(long nowMillis) {
        onAsked(nowMillis);
        pings = (pings + 1) & Integer.MAX_VALUE;
        return pings;
    }

    /** A pong came: that of the last ping tells the round trip, any of them that the other side lives. */
    void onPong(int number, long nowMillis) {
        if (pings > 0 && number == pings) onAnswered(nowMillis);
    }

    /** Returns how long the last answer took. */
    int rttMillis() {
        return rttMillis;
    }

    /** The channel refused a message for lack of room. */
    void onBlocked(long nowMillis, int queuedBytes) {
        blocked = true;
        movedMillis = nowMillis;
        leastQueuedBytes = queuedBytes;
    }

    /** Returns whether the channel refused a message and has not said since that it has room. */
    boolean isBlocked() {
        return blocked;
    }

    /** The channel has room again. */
    void onRoom() {
        blocked = false;
    }

    /** Judges. {@code queuedBytes} is what waits in the channel: less of it than ever is progress. */
    Verdict judge(long nowMillis, int queuedBytes) {
        if (nowMillis - heardMillis >= LinkConfig.SILENCE_MILLIS) return Verdict.SILENT;
        if (blocked && queuedBytes < leastQueuedBytes) onBlocked(nowMillis, queuedBytes);
        if (blocked && nowMillis - movedMillis >= LinkConfig.STALL_MILLIS) return Verdict.STALLED;
        if (asked || nowMillis - heardMillis < pingMillis) return Verdict.FINE;
        asked = true;
        return Verdict.ASK;
    }

    /** Returns when to judge again. */
    long nextMillis(long nowMillis) {
        long silence = heardMillis + (asked ? LinkConfig.SILENCE_MILLIS : pingMillis);
        if (!blocked) return silence;
        return Math.min(silence, Math.min(movedMillis + LinkConfig.STALL_MILLIS, nowMillis + LOOK_MILLIS));
    }
}
