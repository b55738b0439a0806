package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.MessageId;
import org.junit.jupiter.api.Test;

/** Wall clocks that are wrong by weeks, and set right: no message is lost in silence, and no key goes early. */
class ClocksTest {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Village village = new Village(11);
    private final List<House> houses = village.started("alice", "bob");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);

    @Test
    void aClockThatIsSetRightByWeeksFailsNothingThatWaits() {
        for (long jumpDays : new long[] {-400, 30, 400}) {
            alice.meet(bob);
            bob.crash();
            MessageId id = alice.say(bob, "hello after " + jumpDays);
            village.run(1_000);
            alice.skewMillis += jumpDays * DAY_MILLIS;
            bob.skewMillis += jumpDays * DAY_MILLIS;
            village.run(DAY_MILLIS);
            assertThat(alice.stages(id)).doesNotContain(Stage.FAILED);
            bob.start();
            village.run(60_000);
            assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
        }
    }

    @Test
    void aClockThatIsSetRightAtAStartFailsNothingYoung() {
        alice.meet(bob);
        bob.crash();
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        alice.crash();
        alice.skewMillis = bob.skewMillis = 400 * DAY_MILLIS;
        alice.start();
        village.run(DAY_MILLIS);
        assertThat(alice.stages(id)).doesNotContain(Stage.FAILED);
        bob.start();
        village.run(60_000);
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    @Test
    void whatWaitsAgesWhileTheNodeIsOff() {
        alice.meet(bob);
        bob.crash();
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        for (int week = 0; week < 3; week++) {
            alice.crash();
            village.run(7 * DAY_MILLIS);
            alice.start();
            village.run(60_000);
        }
        assertThat(alice.cause(id)).isEqualTo(Code.EXPIRED);
        assertThat(alice.stages(id)).endsWith(Stage.FAILED);
    }

    @Test
    void aSenderFarBehindHearsThatTheClocksDifferAndIsHeardOnceTheyDoNot() {
        alice.meet(bob);
        alice.skewMillis = -20 * DAY_MILLIS;
        MessageId id = alice.say(bob, "hello");
        village.run(5_000);
        assertThat(bob.shown()).isEmpty();
        assertThat(alice.cause(id)).isEqualTo(Code.EXPIRED);
        village.run(10 * 3_600_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT);
        assertThat(alice.events(Event.Progress.class)).hasSize(3);
        alice.skewMillis = 0;
        village.run(3_600_000);
        assertThat(bob.shown()).containsExactly("hello");
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    @Test
    void aPrekeyIsForgottenThirtyDaysAfterItsUseAndNotBefore() {
        bob.crash();
        village.run(36 * DAY_MILLIS);
        assertThat(alice.rows("prekey")).isEqualTo(6);
        alice.skewMillis = 400 * DAY_MILLIS;
        village.run(DAY_MILLIS - 7_200_000);
        assertThat(alice.rows("prekey")).isEqualTo(6);
        village.run(2 * 7_200_000);
        assertThat(alice.rows("prekey")).isEqualTo(5);
    }

    @Test
    void aClockThatIsSetBackKeepsNoPrekeyForEver() {
        bob.crash();
        village.run(8 * DAY_MILLIS);
        alice.skewMillis = -400 * DAY_MILLIS;
        village.run(31 * DAY_MILLIS);
        alice.crash();
        alice.start();
        village.run(1_000);
        assertThat(alice.rows("prekey")).isEqualTo(5);
    }
}
