package linnet.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.sim.scenario.TalkOptions.CryptoChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TalkTest {
    private static final int SEEDS = 17;

    /** Seeds that once found something: they stay, whatever was wrong. */
    static final long[] FOUND = {51, 57, 85, 94, 1141};

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) seeds.add(seed);
        for (long seed : FOUND) seeds.add(seed);
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostShownTwiceOrOutOfOrder(long seed) {
        TalkRun run = TalkRun.run(seed, TalkOptions.defaults());
        assertThat(run.violations()).as(run.command()).isEmpty();
        assertThat(run.sends()).isGreaterThanOrEqualTo(250);
        assertThat(run.restarts()).isPositive();
        assertThat(run.partitions()).isPositive();
        assertThat(run.simulatedMillis()).isGreaterThanOrEqualTo(30 * 60_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 10})
    void oneSeedIsOneRun(long seed) {
        TalkOptions options = TalkOptions.defaults().withPeers(8).withMinutes(5).withSends(100);
        assertThat(TalkRun.run(seed, options).hash())
                .isEqualTo(TalkRun.run(seed, options).hash())
                .isNotEqualTo(TalkRun.run(seed + 1, options).hash());
    }

    @Test
    void readingATraceDoesNotChangeTheRun() {
        TalkOptions options = TalkOptions.defaults().withPeers(4).withMinutes(5).withSends(50);
        List<String> lines = new ArrayList<>();
        assertThat(TalkRun.run(5, options, lines::add).hash())
                .isEqualTo(TalkRun.run(5, options).hash());
        assertThat(lines).isNotEmpty();
    }

    @Test
    void oneSeedInTenUsesRealCrypto() {
        int real = 0;
        for (long seed = 1; seed <= 100; seed++) if (CryptoChoice.BY_SEED.isReal(seed)) real++;
        assertThat(real).isEqualTo(10);
    }

    @Test
    void theCommandReplaysTheRun() {
        TalkOptions options = TalkOptions.defaults()
                .withPeers(5)
                .withMinutes(7)
                .without(linnet.sim.fault.Fault.LOSS)
                .without(linnet.sim.fault.Fault.LIES)
                .withCrypto(CryptoChoice.FAST);
        assertThat(options.command(9))
                .isEqualTo(
                        "linnet sim talk --seed 9 --seeds 1 --peers 5 --minutes 7 --crypto fast --without loss,lies");
    }
}
