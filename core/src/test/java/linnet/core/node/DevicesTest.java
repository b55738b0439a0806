package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
import linnet.core.wire.DeviceList;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import org.junit.jupiter.api.Test;

/** People with several devices, devices that several people claim, and what outlives a restart. */
class DevicesTest {
    private final Village village = new Village(6);
    private final List<House> houses = village.started("alice", "bob", "carol");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);
    private final House carol = houses.get(2);

    @Test
    void aMessageGoesToEveryDeviceAndIsDeliveredByTheFirst() {
        House.value(alice.add(inviteOfTwoDevices(bob, carol, true)));
        village.run(5_000);
        assertThat(alice.contact(bob).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(alice.contact(bob).devices()).containsExactly(bob.peer(), carol.peer());
        MessageId id = alice.say(bob, "hello, both of you");
        village.run(5_000);
        assertThat(bob.shown()).containsExactly("hello, both of you");
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.DELIVERED);
        assertThat(alice.contact(bob).waiting()).isZero();
        assertThat(alice.rows("outbox")).as("the copy for the other device").isEqualTo(1);
    }

    @Test
    void aCardCannotClaimTheDeviceOfAnotherContact() {
        alice.meet(carol);
        assertThat(House.why(alice.add(inviteOfTwoDevices(bob, carol, true)))).isEqualTo(Code.TAMPERED);
    }

    @Test
    void aCardCannotClaimTheDeviceOfAStranger() {
        assertThat(House.why(alice.add(inviteOfTwoDevices(bob, carol, false)))).isEqualTo(Code.TAMPERED);
    }

    @Test
    void whoListsTheDeviceOfAStrangerDoesNotKeepThatStrangerFromBeingAdded() {
        Invite own = InviteCodec.parse(bob.invite());
        Bytes claimed =
                InviteCodec.parse(carol.invite()).card().bundles().get(0).devicePublic();
        Bundle first = own.card().bundles().get(0);
        DeviceList list = DeviceList.sign(bob.crypto, bob.identity, 2, List.of(first.devicePublic(), claimed));
        House.value(alice.add(signed(bob, own, new Card("bob", list, List.of(first)))));
        village.run(2_000);
        assertThat(alice.contact(bob).devices()).containsExactly(bob.peer());
        alice.meet(carol);
        assertThat(alice.contact(carol).state()).isEqualTo(ContactState.ACCEPTED);
    }

    @Test
    void aCardCannotClaimOnesOwnDevice() {
        assertThat(House.why(alice.add(inviteOfTwoDevices(bob, alice, true)))).isEqualTo(Code.TAMPERED);
    }

    @Test
    void whatIsDeliveredCanBecomeReadAfterARestart() {
        alice.meet(bob);
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        alice.crash();
        alice.start();
        village.run(5_000);
        bob.later(0, () -> bob.node().read(alice.user(), List.of(id)));
        village.run(5_000);
        assertThat(alice.stages(id)).endsWith(Stage.READ);
        assertThat(alice.rows("unread-page")).isZero();
    }

    @Test
    void aReadThatComesBeforeItsDeliveredSaysBoth() {
        alice.meet(bob);
        alice.filter = (from, frame, next) -> alice.later(2_000, () -> {});
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        alice.filter = (from, frame, next) -> next.accept(frame);
        bob.later(0, () -> bob.node().read(alice.user(), List.of(id)));
        village.run(1_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.DELIVERED, Stage.READ);
    }

    @Test
    void nothingIsSentBeforeItIsDurable() {
        alice.meet(bob);
        alice.diskMillis = 500;
        alice.say(bob, "hello");
        village.run(400);
        assertThat(bob.shown()).isEmpty();
        village.run(1_000);
        assertThat(bob.shown()).containsExactly("hello");
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsDurable() {
        alice.meet(bob);
        bob.diskMillis = 500;
        MessageId id = alice.say(bob, "hello");
        village.run(400);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT);
        assertThat(bob.events(Event.Received.class)).isEmpty();
        village.run(1_500);
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    /** An invite of {@code person}, whose card lists and shows a second device too: an honest one, or one that is somebody else's. */
    private static String inviteOfTwoDevices(House person, House second, boolean isOwn) {
        Invite own = InviteCodec.parse(person.invite());
        Bundle other = InviteCodec.parse(second.invite()).card().bundles().get(0);
        Identity identity = person.identity;
        // The second house is this person's too, as its next bundle says.
        Identity there = new Identity(identity.userSeed(), second.identity.deviceSeed(), second.identity.linkSecret());
        if (isOwn)
            other = Bundle.sign(
                    second.crypto,
                    there,
                    other.prekeyId(),
                    other.prekeyPublic(),
                    other.sequence() + 1,
                    other.endpoints());
        Bundle first = own.card().bundles().get(0);
        DeviceList list =
                DeviceList.sign(person.crypto, identity, 2, List.of(first.devicePublic(), other.devicePublic()));
        Card card = new Card(own.card().name(), list, List.of(first, other));
        return signed(person, own, card);
    }

    private static String signed(House person, Invite own, Card card) {
        return InviteCodec.link(Invite.sign(
                person.crypto,
                person.identity,
                own.network(),
                own.networkName(),
                card,
                own.expiresWallMillis(),
                own.secret()));
    }
}
