package linnet.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios at a size that takes a second; their figures at full size are docs/BENCHMARKS.md's. */
class NetworkScenarioTest {
    private static final LookupOptions SMALL = new LookupOptions(1, 120, 0.5, 12, 8, 300, 0, 0, true, false);

    @Test
    void nearlyEveryLookupFindsTheNewestRecord() {
        Map<String, Double> figures = LookupScenario.run(SMALL, Gauge.NONE);
        assertThat(figures.get("lookups")).isGreaterThan(250);
        assertThat(figures.get("success")).isGreaterThan(0.98);
        assertThat(figures.get("hops_mean")).isBetween(1.0, 2.0);
        assertThat(figures.get("bound_hops")).isBetween(1.0, 2.0);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertThat(LookupScenario.run(SMALL, Gauge.NONE)).isEqualTo(LookupScenario.run(SMALL, Gauge.NONE));
        assertThat(CampaignRun.run(7)).isEqualTo(CampaignRun.run(7));
    }

    @Test
    void questionsOverLinksFindRecordsToo() {
        LookupOptions linked = new LookupOptions(2, 60, 0, 8, 4, 100, 3, 5, false, true);
        assertThat(LookupScenario.run(linked, Gauge.NONE).get("success")).isGreaterThan(0.98);
    }

    @Test
    void aSmallNetworkJoinsWithinSeconds() {
        Map<String, Double> figures = MeshScenario.join(3, 100, Gauge.NONE);
        assertThat(figures.get("three_links_p95_ms")).isLessThan(5_000);
    }

    @Test
    void everyStoryIsCleanForItsFirstSeedsWithoutPackets() {
        for (long seed = 7; seed < 7 + CampaignRun.stories(); seed++) {
            CampaignRun.Result run = CampaignRun.run(seed);
            assertThat(run.violations()).as("seed " + seed + ", " + run.story()).isEmpty();
            assertThat(run.simulatedMillis()).isGreaterThan(60 * 60_000L);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {216, 802, 851})
    void seedsThatFoundABugOnceAreClean(long seed) {
        assertThat(CampaignRun.run(seed).violations()).isEmpty();
    }
}
