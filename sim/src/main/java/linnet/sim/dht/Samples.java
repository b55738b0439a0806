package linnet.sim.dht;

import java.util.Arrays;

/** Measured numbers, all kept, for means and percentiles. */
final class Samples {
    private int[] values = new int[64];
    private int count;
    private boolean sorted = true;

    void add(int value) {
        if (count == values.length) values = Arrays.copyOf(values, count * 2);
        values[count++] = value;
        sorted = false;
    }

    int count() {
        return count;
    }

    /** Returns the mean, 0 of nothing. */
    double mean() {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += values[i];
        return count == 0 ? 0 : sum / count;
    }

    /** Returns the smallest value that at least this share does not exceed (nearest rank), 0 of nothing. */
    int percentile(double share) {
        if (count == 0) return 0;
        if (!sorted) Arrays.sort(values, 0, count);
        sorted = true;
        int rank = (int) Math.ceil(share * count);
        return values[Math.max(0, Math.min(count, rank) - 1)];
    }

    int max() {
        return percentile(1);
    }
}
