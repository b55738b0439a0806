package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.event.Event.Reach;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.ContactFrame;
import org.junit.jupiter.api.Test;

/** Two people meet and talk: what each of them is shown. */
class TwoPeopleTest {
    private final Village village = new Village(1);
    private final List<House> houses = village.started("alice", "bob");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);

    @Test
    void anInviteMakesBothContactsOfEachOther() {
        alice.meet(bob);
        assertThat(alice.contact(bob).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(alice.contact(bob).name()).isEqualTo("bob");
        assertThat(alice.contact(bob).reach()).isEqualTo(Reach.DIRECT);
    }

    @Test
    void whoAskedIsToldThatTheAnswerIsAwaitedAndThenThatItCame() {
        alice.meet(bob);
        assertThat(bob.events(Event.ContactChanged.class))
                .extracting(Event.ContactChanged::state)
                .containsExactly(ContactState.REQUESTED, ContactState.ACCEPTED);
    }

    @Test
    void thePersonHearsOfAPeerFromWhenItIsAContacts() {
        alice.meet(bob);
        for (House one : houses)
            assertThat(one.events(Event.Reached.class))
                    .singleElement()
                    .satisfies(reached -> assertThat(reached.user()).isNotNull())
                    .satisfies(reached -> assertThat(reached.reach()).isEqualTo(Reach.DIRECT));
    }

    @Test
    void aMessageGoesThroughItsStages() {
        alice.meet(bob);
        MessageId id = alice.say(bob, "are you there?");
        village.run(1_000);
        bob.later(0, () -> bob.node().read(alice.user(), List.of(id)));
        village.run(1_000);
        assertThat(bob.shown()).containsExactly("are you there?");
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.DELIVERED, Stage.READ);
    }

    @Test
    void acceptedComesBeforeTheFirstStage() {
        alice.meet(bob);
        alice.events.clear();
        alice.say(bob, "hello");
        village.run(10);
        assertThat(alice.events.get(0)).isInstanceOf(Event.Accepted.class);
        assertThat(alice.events.get(1)).isInstanceOf(Event.Progress.class);
    }

    @Test
    void nothingIsLeftOfWhatWasDelivered() {
        alice.meet(bob);
        for (int i = 0; i < 100; i++) alice.say(bob, "message " + i);
        village.run(5_000);
        assertThat(bob.shown()).hasSize(100);
        assertThat(alice.rows("outbox") + alice.rows("outbox.payload")).isZero();
        assertThat(bob.rows("held")).isZero();
    }

    @Test
    void manyMessagesArriveInTheirOrder() {
        alice.meet(bob);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            said.add("message " + i);
            alice.say(bob, "message " + i);
        }
        village.run(20_000);
        assertThat(bob.shown()).isEqualTo(said);
    }

    @Test
    void aMessageToSomebodyWhoIsAwayWaitsAndSaysForWhat() {
        alice.meet(bob);
        bob.crash();
        village.run(1_000);
        MessageId id = alice.say(bob, "later, then");
        village.run(60_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED);
        assertThat(alice.cause(id)).isEqualTo(Code.NOT_LISTENING);
        assertThat(alice.contact(bob).waiting()).isEqualTo(1);
        assertThat(alice.contact(bob).nextTryWallMillis()).isGreaterThan(alice.wallMillis());
        bob.start();
        village.run(60_000);
        assertThat(bob.shown()).containsExactly("later, then");
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.DELIVERED);
    }

    @Test
    void everyWaitingMessageHearsOfEachNewAbsence() {
        alice.meet(bob);
        for (int absence = 0; absence < 2; absence++) {
            bob.crash();
            village.run(1_000);
            MessageId first = alice.say(bob, "one");
            MessageId second = alice.say(bob, "two");
            village.run(60_000);
            assertThat(alice.cause(first)).isEqualTo(Code.NOT_LISTENING);
            assertThat(alice.cause(second)).isEqualTo(Code.NOT_LISTENING);
            bob.start();
            village.run(10_000);
            assertThat(alice.cause(second)).isNull();
        }
    }

    @Test
    void whoReturnsAfterDaysIsReachedWithinSecondsBecauseTheyDial() {
        alice.meet(bob);
        bob.crash();
        alice.say(bob, "where are you?");
        village.run(Duration.ofDays(3).toMillis());
        bob.start();
        village.run(5_000);
        assertThat(bob.shown()).containsExactly("where are you?");
    }

    @Test
    void anOpenConversationIsTriedEveryHalfMinute() {
        alice.meet(bob);
        bob.isListening = false;
        bob.crash();
        alice.say(bob, "hello?");
        village.run(Duration.ofDays(2).toMillis());
        alice.later(0, () -> alice.node().open(bob.user(), true));
        village.run(1);
        assertThat(alice.contact(bob).nextTryWallMillis() - alice.wallMillis()).isLessThanOrEqualTo(30_000);
    }

    @Test
    void retryingByHandTriesAtOnce() {
        alice.meet(bob);
        bob.crash();
        alice.say(bob, "hello?");
        village.run(Duration.ofDays(2).toMillis());
        bob.isListening = true;
        bob.start();
        alice.later(0, () -> alice.node().retry(bob.user()));
        village.run(2_000);
        assertThat(bob.shown()).containsExactly("hello?");
    }

    @Test
    void aMessageBeforeTheAnswerWaitsForIt() {
        String invite = alice.invite();
        village.run(100);
        alice.crash();
        House.value(bob.add(invite));
        MessageId id = bob.say(alice, "it is me");
        village.run(10_000);
        assertThat(bob.cause(id)).isEqualTo(Code.NOT_A_CONTACT);
        alice.start();
        village.run(60_000);
        assertThat(alice.shown()).containsExactly("it is me");
    }

    @Test
    void whoIsNoContactCannotBeWrittenTo() {
        assertThat(House.why(alice.ask(() -> alice.node().send(bob.user(), "hello"))))
                .isEqualTo(Code.NOT_A_CONTACT);
    }

    @Test
    void aTextOfTheRightSizeIsTaken() {
        alice.meet(bob);
        assertThat(House.why(alice.ask(() -> alice.node().send(bob.user(), ""))))
                .isEqualTo(Code.MALFORMED);
        assertThat(House.why(alice.ask(() -> alice.node().send(bob.user(), "x".repeat(15_001)))))
                .isEqualTo(Code.TOO_LARGE);
        alice.say(bob, "\u00e9".repeat(7_500));
        village.run(1_000);
        assertThat(bob.shown()).containsExactly("\u00e9".repeat(7_500));
    }

    @Test
    void tooManyMessagesThatWaitAreRefused() {
        alice.meet(bob);
        bob.crash();
        for (int i = 0; i < 10_000; i++) alice.say(bob, "x");
        assertThat(House.why(alice.ask(() -> alice.node().send(bob.user(), "one more"))))
                .isEqualTo(Code.QUEUE_FULL);
    }

    @Test
    void tooManyBytesThatWaitAreRefused() {
        alice.meet(bob);
        bob.crash();
        int taken = 0;
        while (alice.ask(() -> alice.node().send(bob.user(), "x".repeat(15_000))) instanceof Result.Ok<?>) taken++;
        assertThat(taken).isBetween(2_000, 2_236);
    }

    @Test
    void aMessageFailsTwoDaysAfterItsLife() {
        alice.meet(bob);
        bob.crash();
        MessageId id = alice.say(bob, "too late");
        village.run(Duration.ofDays(15).toMillis());
        assertThat(alice.stages(id)).doesNotContain(Stage.FAILED);
        village.run(Duration.ofDays(2).toMillis());
        assertThat(alice.stages(id)).contains(Stage.FAILED);
        assertThat(alice.cause(id)).isEqualTo(Code.EXPIRED);
        assertThat(alice.contact(bob).waiting()).isZero();
    }

    @Test
    void aClockThatJumpsADayFailsNothing() {
        alice.meet(bob);
        bob.crash();
        MessageId id = alice.say(bob, "in time");
        alice.skewMillis = Duration.ofDays(1).toMillis();
        bob.skewMillis = -Duration.ofDays(1).toMillis();
        village.run(Duration.ofDays(13).toMillis());
        bob.start();
        village.run(60_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.DELIVERED);
        assertThat(bob.shown()).containsExactly("in time");
    }

    @Test
    void whoDoesNotTellWhatTheySawStaysAtDelivered() {
        alice.meet(bob);
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        alice.later(0, () -> alice.node().read(bob.user(), List.of(id)));
        village.run(1_000);
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    @Test
    void receiptsAreTurnedOffAndOnWhileTheNodeRuns() {
        alice.meet(bob);
        MessageId first = alice.say(bob, "one");
        MessageId second = alice.say(bob, "two");
        village.run(1_000);
        bob.later(0, () -> bob.node().receipts(false));
        bob.later(1, () -> bob.node().read(alice.user(), List.of(first)));
        village.run(1_000);
        assertThat(alice.stages(first)).endsWith(Stage.DELIVERED);
        bob.later(0, () -> bob.node().receipts(true));
        bob.later(1, () -> bob.node().read(alice.user(), List.of(second)));
        village.run(1_000);
        assertThat(alice.stages(second)).endsWith(Stage.READ);
    }

    @Test
    void aMessageHasTheNameThatItsCallerDrewAndNoOtherHas() {
        alice.meet(bob);
        MessageId id = new MessageId(Bytes.utf8("sixteen bytes..."));
        House.value(alice.ask(() -> alice.node().send(bob.user(), "hello", id)));
        assertThat(House.why(alice.ask(() -> alice.node().send(bob.user(), "hello", id))))
                .isEqualTo(Code.ALREADY_USED);
        village.run(1_000);
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
        assertThat(House.why(alice.ask(() -> alice.node().send(bob.user(), "hello", id))))
                .isEqualTo(Code.ALREADY_USED);
        assertThat(bob.shown()).containsExactly("hello");
    }

    @Test
    void oneMessageIsTriedAtOnceWhenThePersonAsks() {
        alice.meet(bob);
        bob.crash();
        MessageId id = alice.say(bob, "hello?");
        village.run(Duration.ofDays(2).toMillis());
        bob.isListening = true;
        bob.start();
        assertThat(alice.ask(() -> alice.node().retry(id))).isTrue();
        village.run(2_000);
        assertThat(bob.shown()).containsExactly("hello?");
        assertThat(alice.ask(() -> alice.node().retry(id))).isFalse();
    }

    @Test
    void bothSeeTheSameSafetyNumberOfTwelveGroups() {
        alice.meet(bob);
        String number = House.value(alice.ask(() -> alice.node().safetyNumber(bob.user())));
        assertThat(number).matches("\\d{5}( \\d{5}){11}");
        assertThat(House.value(bob.ask(() -> bob.node().safetyNumber(alice.user()))))
                .isEqualTo(number);
    }

    @Test
    void whoIsVerifiedStaysSoAfterARestart() {
        alice.meet(bob);
        House.value(alice.ask(() -> alice.node().verify(bob.user(), true)));
        village.run(100);
        alice.crash();
        alice.start();
        assertThat(alice.contact(bob).verified()).isTrue();
    }

    @Test
    void aNewAddressIsShownToContacts() {
        alice.meet(bob);
        bob.later(0, () -> bob.node().listening(List.of(bob.endpoint(), alice.endpoint())));
        village.run(1_000);
        assertThat(alice.sent).isNotEmpty();
        assertThat(bob.sent)
                .filteredOn(ContactFrame.Introduction.class::isInstance)
                .hasSizeGreaterThan(1);
    }
}
