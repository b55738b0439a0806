package linnet.sim.dht;

import linnet.core.env.Chance;

/**
 * What lies between hosts: a one-way delay that is fixed for each pair (log-normal, by a hash of the pair, so that nothing has to be
 * kept for it), a little jitter, loss, a border that nothing crosses, and moments in which nothing gets through at all.
 */
final class Internet {
    /** Median one-way delay in milliseconds, half of a usual round trip between homes on different continents. */
    private static final double MEDIAN_MILLIS = 40;

    private static final double SIGMA = 0.5;

    /** What queues on the way add, in milliseconds, drawn for each packet. */
    private static final int JITTER_MILLIS = 3;

    private static final int QUANTILES = 1 << 12;

    private final short[] delays = new short[QUANTILES];
    private final int salt;
    private double loss;
    private final Chance chance;
    private int border;
    private boolean dark;

    /**
     * @param loss share of packets that vanish
     */
    Internet(long seed, double loss) {
        this.chance = new Chance(seed);
        this.salt = (int) chance.nextLong();
        this.loss = loss;
        for (int i = 0; i < QUANTILES; i++) {
            double z = Curves.normal((i + 0.5) / QUANTILES);
            delays[i] = (short) (MEDIAN_MILLIS * Curves.exp(SIGMA * z) + 0.5);
        }
    }

    /** Returns the delay of the way between two hosts without jitter, the same both ways, in milliseconds. */
    int millisBetween(int one, int other) {
        int hash = scatter(Math.min(one, other) * 0x9E3779B9 + salt);
        return delays[scatter(hash ^ Math.max(one, other) * 0x85EBCA6B) >>> 20];
    }

    /** Draws the delay of one packet, in milliseconds. */
    int delayMillis(int from, int to) {
        return millisBetween(from, to) + chance.below(JITTER_MILLIS);
    }

    /** Draws a number below a bound, for what else is left to chance between hosts. */
    int drawn(int bound) {
        return chance.below(bound);
    }

    /** Draws whether a message arrives whole. */
    boolean arrives(int from, int to, int packets) {
        for (int i = 0; i < packets; i++) if (chance.happens(loss)) return false;
        return isOpen(from, to);
    }

    /** Returns whether anything gets from one host to the other at all now. */
    boolean isOpen(int from, int to) {
        return !dark && (border == 0 || isBehind(from) == isBehind(to));
    }

    /** Draws a border: about this share of the hosts lies behind it. */
    void part(double share) {
        border = Math.max(1, (int) (share * (1 << 16)));
    }

    /** Takes the border away. */
    void heal() {
        border = 0;
    }

    /** Returns on which side of the border a host lies, or would lie when there is none: by a hash of the host and the given share. */
    boolean isBehind(int host, double share) {
        return scatter(host * 0xC2B2AE35 ^ salt) >>> 16 < (int) (share * (1 << 16));
    }

    /** Nothing is lost any more, and every border is gone. */
    void calm() {
        loss = 0;
        border = 0;
        dark = false;
    }

    /** Lets nothing through, or everything again. */
    void darken(boolean nothingPasses) {
        dark = nothingPasses;
    }

    private boolean isBehind(int host) {
        return scatter(host * 0xC2B2AE35 ^ salt) >>> 16 < border;
    }

    private static int scatter(int word) {
        int x = word;
        x = (x ^ x >>> 16) * 0x85EBCA6B;
        x = (x ^ x >>> 13) * 0xC2B2AE35;
        return x ^ x >>> 16;
    }
}
