package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import linnet.core.crypto.Identity;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.InviteCodec;
import org.junit.jupiter.api.Test;

/** A home made from an old backup goes on above what its lost life has told others, and shows nothing twice. */
class RestoreTest {
    private final Village village = new Village(13);
    private final List<House> houses = village.started("alice", "bob", "carol");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);
    private final House carol = houses.get(2);

    @Test
    void anOldBackupRollsBackNothingThatPeersKnow() {
        Map<String, Map<String, Bytes>> backup = backupAndALostMonth();
        restore(backup);
        village.run(60_000);
        assertThat(alice.logged).contains("contact.card-raised");
        assertThat(bob.contact(alice).name())
                .as("the card of the restored home")
                .isEqualTo("alice");
        MessageId id = alice.say(bob, "from the backup");
        MessageId second = alice.say(bob, "and another");
        bob.say(alice, "to the restored home");
        village.run(60_000);
        assertThat(bob.shown()).endsWith("from the backup", "and another").doesNotHaveDuplicates();
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
        assertThat(alice.stages(second)).endsWith(Stage.DELIVERED);
        assertThat(alice.shown()).containsExactly("to the restored home");
        assertThat(alice.contact(bob).waiting()).isZero();
        assertThat(bob.contact(alice).waiting()).isZero();
    }

    @Test
    void theSameBackupCanBeRestoredAgain() {
        Map<String, Map<String, Bytes>> backup = backupAndALostMonth();
        for (int time = 0; time < 3; time++) {
            restore(backup);
            village.run(60_000);
            alice.say(bob, "restored " + time);
            bob.say(alice, "answer " + time);
            village.run(60_000);
            assertThat(bob.shown()).endsWith("restored " + time).doesNotHaveDuplicates();
            assertThat(alice.shown()).containsExactly("answer " + time);
            alice.crash();
        }
    }

    @Test
    void whatWasSealedForTheLostLifeIsSealedAgain() {
        Map<String, Map<String, Bytes>> backup = backupAndALostMonth();
        bob.say(alice, "written while alice was gone");
        village.run(60_000);
        restore(backup);
        village.run(60_000);
        assertThat(alice.shown()).containsExactly("written while alice was gone");
        assertThat(bob.contact(alice).waiting()).isZero();
    }

    @Test
    void whatTheBackupHadAndWasDeliveredSinceIsShownOnceAndCountsAsDelivered() {
        alice.meet(bob);
        bob.crash();
        MessageId id = alice.say(bob, "once");
        village.run(1_000);
        Map<String, Map<String, Bytes>> backup = alice.backup();
        bob.start();
        village.run(60_000);
        assertThat(bob.shown()).containsExactly("once");
        alice.crash();
        restore(backup);
        village.run(60_000);
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
        alice.say(bob, "next");
        village.run(60_000);
        assertThat(bob.shown()).containsExactly("once", "next");
    }

    @Test
    void whatPeersNeverHeardAcknowledgedIsShownOnceToTheRestoredHome() {
        alice.meet(bob);
        bob.say(alice, "in the backup");
        village.run(1_000);
        Map<String, Map<String, Bytes>> backup = alice.backup();
        bob.filter = (from, frame, next) -> {};
        bob.say(alice, "heard, but its acknowledgement was lost");
        village.run(1_000);
        assertThat(alice.shown()).hasSize(2);
        alice.crash();
        bob.filter = (from, frame, next) -> next.accept(frame);
        restore(backup);
        village.run(60_000);
        assertThat(alice.shown()).containsExactly("heard, but its acknowledgement was lost");
        assertThat(alice.events(Event.Received.class).get(0).order()).isEqualTo(Event.Order.IN_ORDER);
    }

    @Test
    void anInviteOfTheBackupIsGoodForNobody() {
        String invite = alice.invite();
        village.run(100);
        Map<String, Map<String, Bytes>> backup = alice.backup();
        House.value(bob.add(invite));
        village.run(2_000);
        alice.crash();
        restore(backup);
        village.run(2_000);
        House.value(carol.add(invite));
        village.run(5_000);
        assertThat(carol.contact(alice).state()).isEqualTo(ContactState.REFUSED);
        assertThat(carol.events(Event.ContactChanged.class))
                .last()
                .satisfies(changed -> assertThat(changed.why().code()).isEqualTo(Code.REFUSED));
    }

    @Test
    void aHomeThatWasNotRestoredKeepsItsStreams() {
        alice.meet(bob);
        alice.say(bob, "one");
        village.run(1_000);
        alice.crash();
        alice.start();
        alice.say(bob, "two");
        village.run(60_000);
        assertThat(bob.events(Event.Received.class))
                .extracting(Event.Received::sequence)
                .containsExactly(1L, 2L);
    }

    @Test
    void aCardIsRaisedOnlyAboveOneThatThisDeviceHasMade() {
        Card old = InviteCodec.parse(alice.invite()).card();
        alice.meet(bob);
        alice.later(0, () -> alice.node().rename("alison"));
        village.run(1_000);
        alice.inject(bob.peer(), new ContactFrame.Introduction(old));
        assertThat(alice.logged).doesNotContain("contact.card-raised", "frame.refused TAMPERED");
        Bundle forged = Bundle.sign(
                bob.crypto,
                new Identity(alice.identity.userSeed(), bob.identity.deviceSeed(), bob.identity.linkSecret()),
                9,
                bob.crypto.agreementPublic(bob.crypto.random(32)),
                99,
                List.of());
        alice.inject(bob.peer(), new ContactFrame.Introduction(new Card("alice", old.devices(), List.of(forged))));
        assertThat(alice.logged).contains("frame.refused TAMPERED").doesNotContain("contact.card-raised");
    }

    /** Returns Alice's backup of a month ago; since then both wrote, her prekey changed and her name did; now she is gone. */
    private Map<String, Map<String, Bytes>> backupAndALostMonth() {
        alice.meet(bob);
        alice.say(bob, "before the backup");
        bob.say(alice, "also before");
        village.run(2_000);
        Map<String, Map<String, Bytes>> backup = alice.backup();
        for (int week = 0; week < 4; week++) {
            bob.crash();
            village.run(Duration.ofDays(7).toMillis());
            bob.start();
            village.run(10_000);
            alice.say(bob, "after the backup " + week);
            bob.say(alice, "also after " + week);
            alice.later(0, () -> alice.node().rename("alice the lost"));
            village.run(2_000);
        }
        assertThat(bob.contact(alice).name()).isEqualTo("alice the lost");
        assertThat(alice.shown()).hasSize(5);
        alice.crash();
        village.run(Duration.ofDays(1).toMillis());
        return backup;
    }

    private void restore(Map<String, Map<String, Bytes>> backup) {
        alice.events.clear();
        alice.restore(backup);
        alice.start();
    }
}
