package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import linnet.jvm.TimeHistogram.Times;
import org.junit.jupiter.api.Test;

class TimeHistogramTest {
    @Test
    void everyTimeIsInItsClassAndInAllAbove() {
        TimeHistogram histogram = new TimeHistogram();
        histogram.add(100_000);
        histogram.add(100_001);
        histogram.add(7_000_000_000L);
        Times times = histogram.times();
        assertThat(times.upTo().get(0)).isEqualTo(new Times.UpTo(0.0001, 1));
        assertThat(times.upTo().get(1)).isEqualTo(new Times.UpTo(0.00025, 2));
        assertThat(times.upTo().get(times.upTo().size() - 1)).isEqualTo(new Times.UpTo(5.0, 2));
        assertThat(times.count()).isEqualTo(3);
        assertThat(times.sumSeconds()).isBetween(7.0, 7.1);
    }
}
