package linnet.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import linnet.core.env.Chance;
import org.junit.jupiter.api.Test;

class CurvesTest {
    @Test
    void agreesWithTheLibraryToTwelveDigits() {
        for (double x = 0.001; x < 1_000; x *= 1.37) {
            assertThat(Curves.ln(x)).isCloseTo(Math.log(x), within(1e-12));
            assertThat(Curves.exp(Curves.ln(x)) / x).isCloseTo(1, within(1e-11));
        }
    }

    @Test
    void knowsTheQuantilesOfTheNormalDistribution() {
        assertThat(Curves.normal(0.5)).isCloseTo(0, within(1e-9));
        assertThat(Curves.normal(0.975)).isCloseTo(1.959963985, within(1e-8));
        assertThat(Curves.normal(0.001)).isCloseTo(-3.090232306, within(1e-8));
    }

    @Test
    void newcomersStayTwoHoursOnAverageAndTwelveMinutesInTheMedian() {
        Lifetimes lifetimes = new Lifetimes(0.5, new Chance(7));
        double sum = 0;
        int count = 200_000;
        int isShort = 0;
        for (int i = 0; i < count; i++) {
            long stay = lifetimes.ofNewcomer();
            sum += stay / 60_000.0;
            if (stay < 11.82 * 60_000) isShort++;
        }
        assertThat(sum / count).isCloseTo(120, within(5.0));
        assertThat(isShort / (double) count).isCloseTo(0.5, within(0.01));
    }

    @Test
    void ofResidentsHalfLeaveInAnHourWhenEachIsReplaced() {
        Lifetimes lifetimes = new Lifetimes(0.5, new Chance(8));
        int peers = 20_000;
        int departures = 0;
        for (int i = 0; i < peers; i++) {
            long at = lifetimes.ofResident();
            for (; at < 3_600_000; at += lifetimes.ofNewcomer()) departures++;
        }
        assertThat(departures / (double) peers).isCloseTo(0.5, within(0.02));
    }
}
