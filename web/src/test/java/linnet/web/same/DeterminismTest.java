package linnet.web.same;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The invariant "same seed, same run, everywhere", on what is installed here. */
class DeterminismTest {
    private static final int SEEDS = 3;

    @Test
    void everyMachineRunsASeedAlike() throws IOException, InterruptedException {
        assertThat(Node.installed()).as(Node.ADVICE).isPresent();
        Determinism.Result result = Determinism.run(1, SEEDS, System.out::println);
        result.missing().forEach(advice -> System.out.println("skipped: " + advice));
        assertThat(result.mismatches()).isEmpty();
        assertThat(result.machines()).hasSizeGreaterThanOrEqualTo(2);
    }
}
