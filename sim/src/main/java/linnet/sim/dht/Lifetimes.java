package linnet.sim.dht;

import linnet.core.env.Chance;

/**
 * How long peers stay: sessions drawn from a Weibull distribution, many short and a few very long ones, as measured in BitTorrent
 * and Kad (Stutzbach and Rejaie, IMC 2006).
 */
final class Lifetimes {
    private static final double SHAPE = 0.38;

    /** The mean of Weibull(0.38, 31 min) is 2 h: half of all peers leave each hour. */
    private static final double SCALE_MILLIS = 31 * 60_000.0;

    private static final double MEAN_HOURS = 2;

    private final double scaleMillis;
    private final Chance chance;

    /**
     * @param perHour departures in an hour as a share of the peers, above 0
     */
    Lifetimes(double perHour, Chance chance) {
        if (!(perHour > 0)) throw new IllegalArgumentException("churn per hour: " + perHour);
        this.scaleMillis = SCALE_MILLIS / (perHour * MEAN_HOURS);
        this.chance = chance;
    }

    /** Draws how long a newcomer stays, in milliseconds. */
    long ofNewcomer() {
        return stretched(-Curves.ln(unit()));
    }

    /**
     * Draws how much longer somebody stays who was met at a random moment. Long sessions are met more often than short ones (their
     * shape is then a Gamma distribution), so a network that begins with these has the same churn from its first minute to its last.
     */
    long ofResident() {
        return (long) (stretched(gamma(1 + 1 / SHAPE)) * unit());
    }

    private long stretched(double exponential) {
        return (long) (scaleMillis * Curves.exp(Curves.ln(exponential) / SHAPE));
    }

    /** Marsaglia and Tsang 2000. */
    private double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = Curves.normal(unit());
            double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
            if (v <= 0) continue;
            if (Curves.ln(unit()) < 0.5 * x * x + d - d * v + d * Curves.ln(v)) return d * v;
        }
    }

    /** Above 0 and below 1. */
    private double unit() {
        return ((chance.nextLong() >>> 12) + 0.5) * 0x1p-52;
    }
}
