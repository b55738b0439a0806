package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {
    /** What a wait is before chance shortens it: two phases. */
    private static final int[] WHOLE_SECONDS = {
        2, 4, 8, 16, 32, 64, 120, 300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 21_600, 21_600
    };

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void waitsDoubleInTwoPhasesAndAreShortenedByUpToAHalf(long seed) {
        Chance chance = new Chance(seed);
        for (int attempt = 0; attempt < WHOLE_SECONDS.length; attempt++) {
            long whole = WHOLE_SECONDS[attempt] * 1_000L;
            assertThat(Backoff.defaults().waitMillis(attempt, chance)).isBetween(whole / 2, whole);
        }
    }

    @Test
    void noWaitExceedsTheLongestHoweverManyAttemptsFailed() {
        assertThat(Backoff.defaults().waitMillis(Integer.MAX_VALUE, new Chance(1)))
                .isBetween(3 * 3_600_000L, 6 * 3_600_000L);
    }

    @Test
    void waitsDifferFromPeerToPeer() {
        long one = Backoff.defaults().waitMillis(6, new Chance(1));
        long other = Backoff.defaults().waitMillis(6, new Chance(2));
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void waitsThatDoNotGrowAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Backoff(second, Duration.ZERO, second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.defaults().waitMillis(-1, new Chance(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
