package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aBurstIsTakenAndThenSoManyASecond() {
        RateLimit limit = new RateLimit(10, 20, 0);
        for (int i = 0; i < 20; i++) assertThat(limit.secondsToWait(0)).isZero();
        assertThat(limit.secondsToWait(0)).isEqualTo(1);
        int taken = 0;
        for (int i = 0; i < 1_000; i++) if (limit.secondsToWait(SECOND) == 0) taken++;
        assertThat(taken).isEqualTo(10);
    }

    @Test
    void whoWaitsAsLongAsSaidIsTaken() {
        RateLimit limit = new RateLimit(1, 1, 0);
        assertThat(limit.secondsToWait(0)).isZero();
        long seconds = limit.secondsToWait(1);
        assertThat(limit.secondsToWait(1 + seconds * SECOND)).isZero();
    }

    @Test
    void aLongRestGivesNoMoreThanTheBurst() {
        RateLimit limit = new RateLimit(10, 20, 0);
        int taken = 0;
        for (int i = 0; i < 1_000; i++) if (limit.secondsToWait(1_000 * SECOND) == 0) taken++;
        assertThat(taken).isEqualTo(20);
    }
}
