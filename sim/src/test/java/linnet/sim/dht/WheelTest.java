package linnet.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WheelTest {
    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void takesEverythingByTimeAndThenInTheOrderOfPlanning(long seed) {
        Chance chance = new Chance(seed);
        Wheel wheel = new Wheel();
        List<Entry> planned = new ArrayList<>();
        List<Entry> taken = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Entry entry = new Entry(i);
            // Close, a few minutes off, and beyond the second wheel.
            int reach = new int[] {5, 300_000, 60_000_000}[chance.below(3)];
            wheel.plan(entry, wheel.nowMillis() + chance.below(reach));
            planned.add(entry);
            Due due = chance.happens(0.3) ? wheel.poll(Long.MAX_VALUE) : null;
            if (due != null) taken.add((Entry) due);
        }
        while (wheel.size() > 0) {
            Due due = wheel.poll(Long.MAX_VALUE);
            if (due != null) taken.add((Entry) due);
        }
        planned.sort(Comparator.<Entry>comparingLong(entry -> entry.atMillis).thenComparingInt(entry -> entry.order));
        assertThat(taken).containsExactlyElementsOf(planned);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void timeStopsWhereItIsTold(long seed) {
        Wheel wheel = new Wheel();
        long at = new Chance(seed).below(100_000_000);
        Entry entry = new Entry(0);
        wheel.plan(entry, at + 1);
        assertThat(wheel.poll(at)).isNull();
        assertThat(wheel.nowMillis()).isEqualTo(at);
        assertThat(wheel.poll(at + 1)).isSameAs(entry);
    }

    private static final class Entry extends Due {
        final int order;

        Entry(int order) {
            this.order = order;
        }

        @Override
        boolean happen() {
            return true;
        }

        @Override
        int what() {
            return order;
        }
    }
}
