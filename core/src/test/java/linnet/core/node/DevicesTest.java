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
        House.value(alice.add(inviteOfTwoDevices(bob, carol)));
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
        assertThat(House.why(alice.add(inviteOfTwoDevices(bob, carol)))).isEqualTo(Code.TAMPERED);
    }

    @Test
    void aCardCannotClaimOnesOwnDevice() {
        assertThat(House.why(alice.add(inviteOfTwoDevices(bob, alice)))).isEqualTo(Code.TAMPERED);
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
        assertThat(alice.rows("unread")).isZero();
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

    /** An honest invite of {@code person}, whose card lists a second device too. */
    private static String inviteOfTwoDevices(House person, House second) {
        Invite own = InviteCodec.parse(person.invite());
        Bundle other = InviteCodec.parse(second.invite()).card().bundles().get(0);
        Identity identity = person.identity;
        Bundle first = own.card().bundles().get(0);
        DeviceList list =
                DeviceList.sign(person.crypto, identity, 2, List.of(first.devicePublic(), other.devicePublic()));
        Card card = new Card(own.card().name(), list, List.of(first, other));
        return InviteCodec.link(Invite.sign(
                person.crypto,
                identity,
                own.network(),
                own.networkName(),
                card,
                own.expiresWallMillis(),
                own.secret()));
    }
}
