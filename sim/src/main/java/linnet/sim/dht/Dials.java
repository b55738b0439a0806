package linnet.sim.dht;

/** How many links are dialled in a second, by all and by the busiest host: a network that lost everything must not storm. */
final class Dials {
    /** Dials this close together are at once. */
    private static final int TOGETHER_MILLIS = 20;

    private long second = -1;
    private long moment = -1;
    private int together;
    private int peakTogether;
    private int now;
    private int peak;
    private int peakOfOne;

    void onDial(DhtHost host, long nowMillis) {
        long at = nowMillis / 1_000;
        if (at != second) {
            second = at;
            now = 0;
        }
        now++;
        if (nowMillis / TOGETHER_MILLIS != moment) {
            moment = nowMillis / TOGETHER_MILLIS;
            together = 0;
        }
        together++;
        peakTogether = Math.max(peakTogether, together);
        peak = Math.max(peak, now);
        peakOfOne = Math.max(peakOfOne, host.dialledIn((int) at));
    }

    /** Begins to count anew. */
    void clear() {
        peak = 0;
        peakOfOne = 0;
        peakTogether = 0;
    }

    /** Returns the most dials that began at once. */
    int peakTogether() {
        return peakTogether;
    }

    int peak() {
        return peak;
    }

    int peakOfOne() {
        return peakOfOne;
    }
}
