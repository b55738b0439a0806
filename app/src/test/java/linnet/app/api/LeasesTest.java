package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import linnet.core.id.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two terminals look at one conversation. */
class LeasesTest {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final UserId BOB = UserId.parse(ApiRequestsTest.USER);

    private final Vertx vertx = Vertx.vertx();
    private final Leases leases = new Leases(vertx);

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void theSecondOneWhoLeavesDoesNotCloseItForTheFirst() {
        leases.take(BOB, "first", HOUR_MILLIS, () -> {});
        leases.take(BOB, "second", HOUR_MILLIS, () -> {});
        leases.release(BOB, "second");
        assertThat(leases.isOpen(BOB)).isTrue();
        leases.release(BOB, "first");
        assertThat(leases.isOpen(BOB)).isFalse();
    }

    @Test
    void theLastLeaseThatLapsesClosesIt() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        vertx.runOnContext(nothing -> leases.take(BOB, "gone", 1, closed::countDown));
        closed.await();
        assertThat(leases.isOpen(BOB)).isFalse();
    }

    @Test
    void thereAreNotMoreLeasesThanTheLimit() {
        int taken = 0;
        while (taken < 10_000 && leases.take(BOB, "holder " + taken, HOUR_MILLIS, () -> {})) taken++;
        assertThat(taken).isEqualTo(256);
    }
}
