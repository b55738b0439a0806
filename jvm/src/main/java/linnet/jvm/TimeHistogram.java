package linnet.jvm;

import java.util.ArrayList;
import java.util.List;

/** How long something took, counted in classes. On one thread, or under one lock. */
public final class TimeHistogram {
    /** Upper ends of the classes in microseconds: from a memory access to a disk that hangs. The last class has none. */
    private static final long[] BOUNDS_MICROS = {
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000
    };

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final long[] counts = new long[BOUNDS_MICROS.length + 1];
    private long sumNanos;

    /** Counts one. */
    public void add(long nanos) {
        int place = 0;
        while (place < BOUNDS_MICROS.length && nanos > BOUNDS_MICROS[place] * 1_000) place++;
        counts[place]++;
        sumNanos += nanos;
    }

    /** Returns what was counted until now. */
    public Times times() {
        List<Times.UpTo> classes = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < BOUNDS_MICROS.length; i++) {
            count += counts[i];
            classes.add(new Times.UpTo(BOUNDS_MICROS[i] / MICROS_PER_SECOND, count));
        }
        return new Times(classes, count + counts[BOUNDS_MICROS.length], sumNanos / NANOS_PER_SECOND);
    }

    /**
     * Counted times.
     *
     * @param upTo how many took no longer than each of some times, those times rising
     * @param count all of them
     * @param sumSeconds how long they took together
     */
    public record Times(List<UpTo> upTo, long count, double sumSeconds) {
        /** Fixes the list. */
        public Times {
            upTo = List.copyOf(upTo);
        }

        /**
         * A class and all below it.
         *
         * @param seconds the longest time in it
         * @param count how many
         */
        public record UpTo(double seconds, long count) {}
    }
}
