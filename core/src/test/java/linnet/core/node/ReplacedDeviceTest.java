package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Identity;
import linnet.core.event.Event;
import linnet.core.event.Event.Order;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Envelope;
import linnet.core.wire.InviteCodec;
import org.junit.jupiter.api.Test;

/** A person gets another device: nothing is lost, and nothing of the old one stays behind. */
class ReplacedDeviceTest {
    private static final long MINUTE_MILLIS = 60_000;

    private final Village village = new Village(10);
    private final List<House> houses = village.started("alice", "bob");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);

    @Test
    void whatWaitsForAReplacedDeviceGoesToTheOneThatCame() {
        alice.meet(bob);
        bob.crash();
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) ids.add(alice.say(bob, "message " + i));
        village.run(1_000);
        House newer = village.house("bob", bob);
        newer.start();
        village.run(100);
        show(2, bundleOf(newer));
        assertThat(alice.contact(bob).devices()).containsExactly(newer.peer());
        assertThat(alice.contact(bob).waiting()).isEqualTo(3);
        House.value(newer.add(alice.invite()));
        village.run(60_000);
        assertThat(newer.shown()).containsExactly("message 0", "message 1", "message 2");
        for (MessageId id : ids) assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
        assertThat(alice.rows("outbox")).isZero();
    }

    @Test
    void whatMovedIsStillThereAfterARestart() {
        alice.meet(bob);
        bob.crash();
        alice.say(bob, "hello");
        House newer = village.house("bob", bob);
        newer.start();
        village.run(100);
        show(2, bundleOf(newer));
        village.run(100);
        alice.crash();
        alice.start();
        House.value(newer.add(alice.invite()));
        village.run(60_000);
        assertThat(newer.shown()).containsExactly("hello");
    }

    @Test
    void devicesThatComeAndGoLeaveNothingBehind() {
        alice.meet(bob);
        bob.say(alice, "hello");
        village.run(1_000);
        bob.crash();
        for (int i = 0; i < 5; i++) alice.say(bob, "message " + i);
        for (int change = 2; change < 50; change++) {
            show(change, stranger(1));
            village.run(MINUTE_MILLIS);
        }
        assertThat(alice.contact(bob).devices()).hasSize(1);
        assertThat(alice.contact(bob).waiting()).isEqualTo(5);
        assertThat(alice.rows("outbox")).isEqualTo(5);
        assertThat(alice.rows("outbox.payload")).isEqualTo(5);
        assertThat(alice.rows("window")).isZero();
        assertThat(alice.rows("reach")).isLessThan(2);
    }

    @Test
    void devicesThatChangeWithoutEndAreSoonNotFollowed() {
        alice.meet(bob);
        for (int change = 2; change < 50; change++) show(change, stranger(1));
        assertThat(alice.logged.stream().filter("contact.devices-ignored"::equals))
                .hasSize(40);
        village.run(MINUTE_MILLIS);
        Bundle last = stranger(1);
        show(50, last);
        assertThat(alice.contact(bob).devices()).containsExactly(Identity.peerId(alice.crypto, last.devicePublic()));
    }

    @Test
    void newAddressesDoNotAimDialsAtOthers() {
        alice.meet(bob);
        bob.crash();
        village.run(MINUTE_MILLIS);
        alice.logged.clear();
        for (int i = 2; i < 300; i++) {
            show(1, bundle(bob.identity, i + 10));
            village.run(100);
        }
        assertThat(alice.logged.stream().filter(line -> line.startsWith("link.dial-failed")))
                .hasSizeLessThan(5);
    }

    @Test
    void whatIsHeldOfADeviceThatLeavesIsShown() {
        alice.meet(bob);
        List<Envelope> lost = new ArrayList<>();
        alice.filter = (from, frame, next) -> {
            if (frame instanceof Envelope envelope && lost.isEmpty()) lost.add(envelope);
            else next.accept(frame);
        };
        bob.say(alice, "one");
        village.run(200);
        bob.say(alice, "two");
        village.run(200);
        assertThat(alice.shown()).isEmpty();
        show(2, stranger(1));
        village.run(100);
        assertThat(alice.events(Event.Received.class))
                .extracting(Event.Received::order)
                .containsExactly(Order.AFTER_GAP);
        assertThat(alice.rows("held")).isZero();
        village.run(20_000);
        assertThat(alice.shown()).containsExactly("two");
    }

    @Test
    void aDeviceThatLeftIsAStrangerAndMayNotFlood() {
        alice.meet(bob);
        show(2, stranger(1));
        for (int i = 0; i < 150; i++) bob.later(0, () -> bob.node().rename("bob"));
        village.run(1_000);
        assertThat(alice.logged).contains("link.violation RATE_LIMITED");
    }

    /** Lets a card of Bob's with this list and this bundle arrive at Alice's. */
    private void show(long sequence, Bundle... bundles) {
        List<Bytes> devices = new ArrayList<>();
        for (Bundle bundle : bundles) devices.add(bundle.devicePublic());
        DeviceList list = DeviceList.sign(bob.crypto, bob.identity, sequence, devices);
        alice.inject(bob.peer(), new ContactFrame.Introduction(new Card("bob", list, List.of(bundles))));
    }

    private static Bundle bundleOf(House house) {
        return InviteCodec.parse(house.invite()).card().bundles().get(0);
    }

    /** Returns the bundle of a device of Bob's that nobody has seen before. */
    private Bundle stranger(long sequence) {
        Identity fresh = Identity.create(bob.crypto);
        return bundle(new Identity(bob.identity.userSeed(), fresh.deviceSeed(), fresh.linkSecret()), sequence);
    }

    private Bundle bundle(Identity device, long sequence) {
        return Bundle.sign(
                bob.crypto,
                device,
                1,
                bob.crypto.agreementPublic(bob.crypto.random(32)),
                sequence,
                List.of(bob.endpoint()));
    }
}
