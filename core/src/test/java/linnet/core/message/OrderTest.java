package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import linnet.core.event.Event;
import linnet.core.event.Event.Order;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.MessageId;
import linnet.core.wire.Envelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Envelopes come twice, late, in any order or not at all: everything is shown once, and in order as far as it can be. */
class OrderTest {
    private final Village village = new Village(3);
    private final List<House> houses = village.started("alice", "bob");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);
    private int came;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    @Test
    void aDoubledEnvelopeIsShownOnce() {
        alice.meet(bob);
        bob.filter = (from, frame, next) -> {
            next.accept(frame);
            next.accept(frame);
            bob.later(500, () -> next.accept(frame));
        };
        MessageId id = alice.say(bob, "once");
        village.run(5_000);
        assertThat(bob.shown()).containsExactly("once");
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    @Test
    void aRepeatIsAcknowledgedAgain() {
        alice.meet(bob);
        bob.filter = (from, frame, next) -> {
            next.accept(frame);
            bob.later(1_000, () -> next.accept(frame));
        };
        alice.say(bob, "once");
        village.run(500);
        int before = bob.sent.size();
        village.run(2_000);
        assertThat(bob.sent).hasSize(before + 1);
    }

    @Test
    void whatComesTooEarlyWaitsForWhatIsMissing() {
        alice.meet(bob);
        hold(0, 5_000);
        say("first", "second", "third");
        village.run(1_000);
        assertThat(bob.shown()).isEmpty();
        village.run(5_000);
        assertThat(bob.shown()).containsExactly("first", "second", "third");
        assertThat(orders()).containsOnly(Order.IN_ORDER);
    }

    @Test
    void whatIsHeldIsAcknowledgedBecauseItIsDurable() {
        alice.meet(bob);
        hold(0, 5_000);
        say("first", "second");
        village.run(1_000);
        assertThat(alice.events(Event.Progress.class))
                .filteredOn(progress -> progress.stage() == Stage.DELIVERED)
                .hasSize(1);
        assertThat(bob.rows("held")).isEqualTo(1);
    }

    @Test
    void aGapIsPassedAfterTenSecondsAndWhatFillsItIsLate() {
        alice.meet(bob);
        hold(0, 15_000);
        // The second copy, sent again after 10 s, is held as well.
        hold(3, 15_000);
        say("first", "second", "third");
        village.run(9_900);
        assertThat(bob.shown()).isEmpty();
        village.run(1_000);
        assertThat(bob.shown()).containsExactly("second", "third");
        village.run(30_000);
        assertThat(bob.shown()).containsExactly("second", "third", "first");
        assertThat(orders()).containsExactly(Order.AFTER_GAP, Order.IN_ORDER, Order.LATE);
    }

    @Test
    void whatIsLostOnALivingLinkIsSentAgain() {
        alice.meet(bob);
        bob.filter = (from, frame, next) -> {
            if (came++ > 0) next.accept(frame);
        };
        MessageId id = alice.say(bob, "again");
        village.run(9_000);
        assertThat(bob.shown()).isEmpty();
        village.run(2_000);
        assertThat(bob.shown()).containsExactly("again");
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.DELIVERED);
    }

    @Test
    void aLostAcknowledgementIsRepeatedAndTheMessageIsShownOnce() {
        alice.meet(bob);
        alice.filter = (from, frame, next) -> {
            if (came++ > 0) next.accept(frame);
        };
        MessageId id = alice.say(bob, "again");
        village.run(30_000);
        assertThat(bob.shown()).containsExactly("again");
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    @Test
    void moreThanTheShelfHoldsPassesTheGapAtOnce() {
        alice.meet(bob);
        hold(0, 8_000);
        int count = Shelf.STREAM_MAX + 20;
        for (int i = 0; i < count; i++) alice.say(bob, "message " + i);
        village.run(5_000);
        assertThat(bob.shown()).hasSize(count - 1);
        assertThat(orders().get(0)).isEqualTo(Order.AFTER_GAP);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensOnTheWayEverythingIsShownOnceAndMarkedWhenItIsOutOfOrder(long seed) {
        alice.meet(bob);
        Chance chance = new Chance(seed);
        bob.filter = (from, frame, next) -> {
            if (chance.happens(0.2)) bob.later(chance.below(20_000), () -> next.accept(frame));
            if (chance.happens(0.7)) next.accept(frame);
        };
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            said.add("message " + i);
            alice.say(bob, "message " + i);
            village.run(chance.below(800));
        }
        village.run(200_000);
        assertThat(bob.shown()).containsExactlyInAnyOrderElementsOf(said);
        long highest = 0;
        for (Event.Received shown : bob.events(Event.Received.class)) {
            boolean isLate = shown.sequence() < highest;
            assertThat(shown.order() == Order.LATE)
                    .as("sequence " + shown.sequence())
                    .isEqualTo(isLate);
            boolean skips = shown.sequence() > highest + 1;
            assertThat(shown.order() == Order.AFTER_GAP)
                    .as("sequence " + shown.sequence())
                    .isEqualTo(skips);
            highest = Math.max(highest, shown.sequence());
        }
    }

    private void say(String... texts) {
        for (String text : texts) alice.say(bob, text);
    }

    private List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        for (Event.Received shown : bob.events(Event.Received.class)) orders.add(shown.order());
        return orders;
    }

    /** Holds the envelope of this index back; calls add up. */
    private void hold(int index, long millis) {
        House.Filter before = bob.filter;
        int[] count = {0};
        bob.filter = (from, frame, next) -> {
            if (frame instanceof Envelope && count[0]++ == index)
                bob.later(millis, () -> before.pass(from, frame, next));
            else before.pass(from, frame, next);
        };
    }
}
