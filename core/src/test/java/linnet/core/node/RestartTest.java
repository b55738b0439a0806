package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.event.Event.Order;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A crash between any two batches, at either end: nothing is lost, nothing is shown twice, and the order holds. */
class RestartTest {
    private static final int MESSAGES = 12;

    static IntStream batches() {
        return IntStream.rangeClosed(1, 60);
    }

    @ParameterizedTest(name = "after batch {0}")
    @MethodSource("batches")
    void theSenderCrashes(int batch) {
        talk(batch, true);
    }

    @ParameterizedTest(name = "after batch {0}")
    @MethodSource("batches")
    void theRecipientCrashes(int batch) {
        talk(batch, false);
    }

    @ParameterizedTest(name = "after batch {0}")
    @MethodSource("batches")
    void whoAsksOrWhoInvitesCrashesWhileTheyMeet(int batch) {
        Village village = new Village(batch);
        List<House> houses = village.started("alice", "bob");
        House alice = houses.get(0);
        House bob = houses.get(1);
        String invite = alice.invite();
        village.run(100);
        House victim = batch % 2 == 0 ? alice : bob;
        victim.crashAfterBatch = victim.batches() + batch / 2;
        House.value(bob.add(invite));
        village.run(5_000);
        if (!victim.isUp()) victim.start();
        village.run(60_000);
        if (bob.contact(alice) == null) House.value(bob.add(invite));
        village.run(60_000);
        assertThat(alice.contact(bob).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
    }

    @Test
    void heldMessagesAreShownAfterARestart() {
        Village village = new Village(7);
        List<House> houses = village.started("alice", "bob");
        House alice = houses.get(0);
        House bob = houses.get(1);
        alice.meet(bob);
        int[] count = {0};
        bob.filter = (from, frame, next) -> {
            if (!(frame instanceof Envelope) || count[0]++ > 0) next.accept(frame);
        };
        for (int i = 0; i < 3; i++) alice.say(bob, "message " + i);
        village.run(1_000);
        assertThat(bob.shown()).isEmpty();
        assertThat(bob.rows("held")).isEqualTo(2);
        alice.crash();
        bob.crash();
        bob.filter = (from, frame, next) -> next.accept(frame);
        bob.start();
        village.run(20_000);
        assertThat(bob.shown()).containsExactly("message 1", "message 2");
        alice.start();
        village.run(20_000);
        assertThat(bob.events(Event.Received.class))
                .extracting(Event.Received::order)
                .containsExactly(Order.AFTER_GAP, Order.IN_ORDER, Order.LATE);
    }

    private static void talk(int batch, boolean senderCrashes) {
        Village village = new Village(batch);
        List<House> houses = village.started("alice", "bob");
        House alice = houses.get(0);
        House bob = houses.get(1);
        alice.meet(bob);
        House victim = senderCrashes ? alice : bob;
        victim.diskMillis = 5;
        victim.crashAfterBatch = victim.batches() + batch;
        for (int i = 0; i < MESSAGES; i++) {
            if (alice.isUp()) alice.say(bob, "message " + i);
            village.run(i % 3 * 7L);
        }
        village.run(5_000);
        if (!victim.isUp()) victim.start();
        village.run(60_000);
        List<String> accepted = new ArrayList<>();
        List<MessageId> ids = new ArrayList<>();
        for (Event.Accepted event : alice.events(Event.Accepted.class)) {
            accepted.add(((Content.Text) event.content()).text());
            ids.add(event.id());
        }
        assertThat(bob.shown()).isEqualTo(accepted);
        for (MessageId id : ids)
            assertThat(alice.stages(id)).contains(Stage.DELIVERED).doesNotContain(Stage.FAILED);
    }
}
