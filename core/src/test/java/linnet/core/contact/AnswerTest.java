package linnet.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import org.junit.jupiter.api.Test;

/** Requests wait for their answer, and nothing else; repeated, by their maker or by others, they change nothing. */
class AnswerTest {
    private final Village village = new Village(8);
    private final List<House> houses = village.started("alice", "bob", "mallory");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);
    private final House mallory = houses.get(2);

    @Test
    void aRequestIsRepeatedUntilItsAnswerIsHeardAlsoAfterALongSleep() {
        askWithoutHearing();
        assertThat(alice.contact(bob).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.REQUESTED);
        bob.crash();
        village.run(Duration.ofDays(16).toMillis());
        bob.filter = (from, frame, next) -> next.accept(frame);
        bob.start();
        village.run(5_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(bob.rows("outbox")).isZero();
    }

    @Test
    void anAnswerThatWasLostIsHeardTenSecondsLater() {
        askWithoutHearing();
        bob.filter = (from, frame, next) -> next.accept(frame);
        village.run(10_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(alice.events(Event.ContactChanged.class)).hasSize(1);
    }

    @Test
    void whoNeverAnswersIsAskedLessAndLessOften() {
        askWithoutHearing();
        village.run(Duration.ofHours(10).toMillis());
        assertThat(bob.sent).filteredOn(Envelope.class::isInstance).hasSizeBetween(15, 25);
    }

    @Test
    void aReplayedRequestChangesNothingAndAnOldCardRevertsNoName() {
        List<Frame> requests = new ArrayList<>();
        alice.filter = (from, frame, next) -> {
            if (frame instanceof Envelope) requests.add(frame);
            next.accept(frame);
        };
        alice.meet(bob);
        bob.later(0, () -> bob.node().rename("robert"));
        village.run(1_000);
        assertThat(alice.contact(bob).name()).isEqualTo("robert");
        alice.events.clear();
        alice.inject(bob.peer(), requests.get(0));
        village.run(1_000);
        assertThat(alice.contact(bob).name()).isEqualTo("robert");
        assertThat(alice.events).isEmpty();
        assertThat(alice.rows("outbox")).isZero();
    }

    @Test
    void anOldCardThatIsIntroducedAgainRevertsNoName() {
        List<Frame> cards = new ArrayList<>();
        alice.filter = (from, frame, next) -> {
            if (frame instanceof ContactFrame) cards.add(frame);
            next.accept(frame);
        };
        alice.meet(bob);
        bob.later(0, () -> bob.node().rename("robert"));
        village.run(1_000);
        alice.inject(bob.peer(), cards.get(0));
        assertThat(alice.contact(bob).name()).isEqualTo("robert");
        assertThat(alice.events(Event.ContactChanged.class)).hasSize(2);
    }

    @Test
    void aNameThatChangedBetweenTwoStartsIsShownToContacts() {
        alice.meet(bob);
        bob.crash();
        bob.name = "robert";
        bob.start();
        village.run(5_000);
        assertThat(alice.contact(bob).name()).isEqualTo("robert");
    }

    @Test
    void whoIsAContactAlreadyHearsSoWhateverBecameOfTheInvite() {
        String first = alice.invite();
        House.value(bob.add(first));
        bob.filter = (from, frame, next) -> {};
        village.run(2_000);
        for (int i = 0; i < 1_000; i++) alice.invite();
        bob.filter = (from, frame, next) -> next.accept(frame);
        village.run(30_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
    }

    @Test
    void openInvitesAreNeverDroppedForNewOnes() {
        String open = alice.invite();
        House.value(bob.add(alice.invite()));
        village.run(2_000);
        for (int i = 0; i < 999; i++) alice.invite();
        assertThat(House.why(alice.ask(() -> alice.node().invite(1_000)))).isEqualTo(Code.QUEUE_FULL);
        House.value(mallory.add(open));
        village.run(2_000);
        assertThat(mallory.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
    }

    @Test
    void expiredInvitesMakeRoomBeforeUsedOnes() {
        String used = alice.invite();
        House.value(bob.add(used));
        village.run(2_000);
        for (int i = 0; i < 999; i++) House.value(alice.ask(() -> alice.node().invite(1_000)));
        village.run(2_000);
        alice.invite();
        House.value(mallory.add(used));
        village.run(2_000);
        assertThat(mallory.events(Event.ContactChanged.class))
                .last()
                .satisfies(changed -> assertThat(changed.why().code()).isEqualTo(Code.ALREADY_USED));
    }

    @Test
    void whoAsksWithMadeUpInvitesIsSoonNotAnswered() {
        Invite invite = InviteCodec.parse(alice.invite());
        for (int i = 0; i < 90; i++) {
            Invite forged = Invite.sign(
                    alice.crypto,
                    alice.identity,
                    invite.network(),
                    invite.networkName(),
                    invite.card(),
                    invite.expiresWallMillis(),
                    alice.crypto.random(Invite.SECRET_BYTES));
            House.value(mallory.add(InviteCodec.link(forged)));
            village.run(10);
        }
        village.run(1_000);
        assertThat(alice.logged).contains("contact.refused REFUSED", "envelope.refused RATE_LIMITED");
    }

    /** Bob asks and Alice accepts, but he hears nothing of it. */
    private void askWithoutHearing() {
        bob.filter = (from, frame, next) -> {};
        House.value(bob.add(alice.invite()));
        village.run(2_000);
    }
}
