package linnet.sim.dht;

/**
 * Logarithm, exponential and the normal quantile from plain arithmetic, because {@code Math.exp} and its siblings may differ in
 * the last bit between a JVM and a browser, and then so would every run. Good to about twelve digits.
 */
final class Curves {
    private static final double LN_2 = 0.6931471805599453;
    private static final int TERMS = 40;

    private Curves() {}

    /** Returns e to the power of {@code x}, for -700 to 700. */
    static double exp(double x) {
        int halvings = 0;
        double part = x;
        while (part > 0.5 || part < -0.5) {
            part /= 2;
            halvings++;
        }
        double term = 1;
        double sum = 1;
        for (int n = 1; n < 20; n++) {
            term *= part / n;
            sum += term;
        }
        for (; halvings > 0; halvings--) sum *= sum;
        return sum;
    }

    /** Returns the natural logarithm of a positive number. */
    static double ln(double x) {
        if (!(x > 0)) throw new IllegalArgumentException("logarithm of " + x);
        int twos = 0;
        double part = x;
        while (part > 1.5) {
            part /= 2;
            twos++;
        }
        while (part < 0.75) {
            part *= 2;
            twos--;
        }
        double ratio = (part - 1) / (part + 1);
        double square = ratio * ratio;
        double power = ratio;
        double sum = 0;
        for (int n = 1; n < TERMS; n += 2) {
            sum += power / n;
            power *= square;
        }
        return 2 * sum + twos * LN_2;
    }

    /** Returns the value that a standard normal number is below with probability {@code p}, 0 &lt; p &lt; 1. */
    static double normal(double p) {
        if (!(p > 0 && p < 1)) throw new IllegalArgumentException("probability out of 0..1: " + p);
        double low = -9;
        double high = 9;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < p) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /** The normal distribution function: Marsaglia's series (2004) near the middle, which loses digits only beyond 6. */
    private static double below(double x) {
        if (x < -8) return 0;
        if (x > 8) return 1;
        double sum = x;
        double before = 0;
        double term = x;
        for (int n = 3; sum != before; n += 2) {
            before = sum;
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + sum * 0.3989422804014327 * exp(-x * x / 2);
    }
}
