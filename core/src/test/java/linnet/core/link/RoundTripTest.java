package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import linnet.core.env.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a packet counts as lost, and which packets came before. */
class RoundTripTest {
    private final RoundTrip trip = new RoundTrip();
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void beforeAnythingIsMeasuredItWaitsForMostPaths() {
        assertThat(trip.isMeasured()).isFalse();
        assertThat(trip.timeoutMillis(1)).isEqualTo(RoundTrip.TIMEOUT_MILLIS_FIRST);
        assertThat(trip.timeoutMillis(2)).isEqualTo(2 * RoundTrip.TIMEOUT_MILLIS_FIRST);
    }

    @Test
    void theFirstMeasurementGivesThreeTimesItself() {
        trip.measured(100);
        assertThat(trip.millis()).isEqualTo(100);
        assertThat(trip.timeoutMillis(1)).isEqualTo(300);
    }

    @Test
    void aSteadyPathIsWaitedForLittleLongerThanItTakes() {
        for (int i = 0; i < 100; i++) trip.measured(400);
        assertThat(trip.timeoutMillis(1)).isBetween(400, 420);
        assertThat(trip.timeoutMillis(2)).isBetween(800, 840);
    }

    @Test
    void theBoundsHold() {
        trip.measured(0);
        assertThat(trip.timeoutMillis(1)).isEqualTo(RoundTrip.TIMEOUT_MILLIS_MIN);
        trip.measured(Integer.MAX_VALUE);
        for (int sendings = 1; sendings < 40; sendings++)
            assertThat(trip.timeoutMillis(sendings)).isLessThanOrEqualTo(RoundTrip.TIMEOUT_MILLIS_MAX);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fewAnswersOfAnUnsteadyPathAreLate(long seed) {
        Chance chance = new Chance(seed);
        int late = 0;
        for (int i = 0; i < 2_000; i++) {
            int rtt = 300 + chance.below(100);
            if (i > 20 && rtt > trip.timeoutMillis(1)) late++;
            trip.measured(rtt);
        }
        assertThat(late).isLessThan(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noPacketIsNewTwice(long seed) {
        Chance chance = new Chance(seed);
        boolean[] came = new boolean[1_000];
        int highest = -1;
        for (int i = 0; i < 5_000; i++) {
            int number = Math.min(999, Math.max(0, i / 6 + chance.below(160) - 80));
            boolean isOld = highest - number >= 64;
            assertThat(window.isNew(number)).isEqualTo(!came[number] && !isOld);
            if (!window.isNew(number) || chance.happens(0.2)) continue;
            window.note(number);
            came[number] = true;
            highest = Math.max(highest, number);
        }
    }

    @Test
    void theLargestNumbersAreToldApart() {
        window.note(Integer.MAX_VALUE - 1);
        assertThat(window.isNew(Integer.MAX_VALUE)).isTrue();
        assertThat(window.isNew(Integer.MAX_VALUE - 1)).isFalse();
        assertThat(window.isNew(0)).isFalse();
    }
}
