package linnet.bench;

import java.util.Collection;

/** What stands in the middle of measured values, or near their end. */
public final class Samples {
    private Samples() {}

    /** Returns the value in the middle; of an even count the greater one. */
    public static double median(Collection<? extends Number> values) {
        return at(values, 0.5);
    }

    /** Returns the value that so large a share of the others is below: 0.99 for what one of a hundred exceeds. */
    public static double at(Collection<? extends Number> values, double share) {
        if (values.isEmpty()) throw new IllegalArgumentException("nothing was measured");
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }
}
