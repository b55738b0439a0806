package linnet.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InternetTest {
    @Test
    void everyEndpointLeadsToItsHost() {
        for (int number = 0; number < 200_000; number++)
            assertThat(Addresses.number(Addresses.of(number))).isEqualTo(number);
    }

    @Test
    void delaysAreLogNormalAndTheSameBothWays() {
        Internet internet = new Internet(3, 0.01);
        Samples samples = new Samples();
        for (int host = 0; host < 100_000; host++) {
            samples.add(internet.millisBetween(host, host + 17));
            assertThat(internet.millisBetween(host + 17, host)).isEqualTo(internet.millisBetween(host, host + 17));
        }
        assertThat(samples.percentile(0.5)).isBetween(39, 41);
        assertThat(samples.percentile(0.99)).isBetween(124, 132);
    }

    @Test
    void onePacketInAHundredVanishes() {
        Internet internet = new Internet(4, 0.01);
        int lost = 0;
        for (int i = 0; i < 100_000; i++) if (!internet.arrives(1, 2, 1)) lost++;
        assertThat(lost / 100_000.0).isCloseTo(0.01, within(0.002));
    }

    @Test
    void nothingCrossesABorderUntilItIsTakenAway() {
        Internet internet = new Internet(5, 0);
        internet.part(0.5);
        int crossing = 0;
        for (int host = 1; host < 1_000; host++) if (internet.isOpen(0, host)) crossing++;
        assertThat(crossing).isBetween(400, 600);
        internet.heal();
        for (int host = 1; host < 1_000; host++)
            assertThat(internet.isOpen(0, host)).isTrue();
    }

    @Test
    void aSessionIsFoundUntilManyOthersWereUsedAfterIt() {
        Sessions sessions = new Sessions();
        for (int host = 0; host < 10; host++) sessions.open(host);
        for (int host = 0; host < 10; host++) assertThat(sessions.has(host)).isTrue();
        sessions.onMeasured(3, 80);
        assertThat(Sessions.rttMillis(sessions.measured(3))).isEqualTo(80);
        for (int host = 100; host < 150; host++) sessions.open(host);
        assertThat(sessions.use(3)).isTrue();
        sessions.onMeasured(3, 160);
        assertThat(Sessions.rttMillis(sessions.measured(3))).isEqualTo(90);
        assertThat(Sessions.variationMillis(sessions.measured(3))).isEqualTo(50);
        sessions.drop(3);
        assertThat(sessions.use(3)).isFalse();
        sessions.open(3);
        assertThat(sessions.measured(3)).isZero();
        for (int host = 150; host < 20_000; host++) sessions.open(host);
        assertThat(sessions.has(3)).isFalse();
        int kept = 0;
        for (int host = 0; host < 20_000; host++) if (sessions.has(host)) kept++;
        assertThat(kept).isEqualTo(512);
    }
}
