package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactCodec;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.InviteCodec;
import linnet.core.wire.MessageFrame.Receipt;
import linnet.core.wire.MessageFrame.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others could make up: none of it is shown or believed, the link stays, and the log says why. */
class ForgeryTest {
    private static final Content HELLO = new Content.Text("hello");

    private final Village village = new Village(5);
    private final List<House> houses = village.started("alice", "bob", "mallory");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);
    private final House mallory = houses.get(2);

    /** Every malformed kind of envelope by its name, with what the log says of it (docs/protocol/message.md). */
    static Stream<Arguments> badEnvelopes() {
        return Stream.of(
                kind("signed by another key", "envelope.refused TAMPERED", f -> f.signer = f.other.identity),
                kind("signed for another device", "envelope.refused TAMPERED", f -> f.signedFor = f.other.peer()),
                kind("from a person who is no contact", "envelope.refused NOT_A_CONTACT", f -> {
                    f.from = new UserId(new Key(1, 2, 3, 4, 5, 6, 7, 8));
                }),
                kind(
                        "from a device of somebody else",
                        "envelope.refused NOT_A_CONTACT",
                        f -> f.device = f.other.peer()),
                kind("in the name of another contact", "envelope.refused NOT_A_CONTACT", f -> f.from = f.other.user()),
                kind(
                        "in another conversation",
                        "envelope.refused MALFORMED",
                        f -> f.in = Conversations.of(f.target.crypto, f.target.user(), f.other.user())),
                kind("a text without a place", "envelope.refused MALFORMED", f -> f.sequence = 0),
                kind("an acknowledgement with a place", "envelope.refused MALFORMED", f -> {
                    f.content = new Content.Delivered(List.of(f.id));
                }),
                kind("expired three days ago", "envelope.refused EXPIRED", f -> {
                    f.expiresWallMillis =
                            f.target.wallMillis() - Duration.ofDays(3).toMillis();
                }),
                kind("of a suite to come", "envelope.refused UNSUPPORTED", f -> f.change = bytes -> bytes[0] = 2),
                kind("cut after the suite", "envelope.refused MALFORMED", f -> f.isCut = true),
                kind("with prekey 0", "envelope.refused MALFORMED", f -> f.change = bytes -> bytes[8] = 0),
                kind("an answer with a card that claims its reader's device", "envelope.refused TAMPERED", f -> {
                    f.content = new Content.ContactAccept(claiming(f.maker, f.sealedTo));
                    f.sequence = 0;
                }),
                kind("with a byte changed", "envelope.refused TAMPERED", f -> {
                    f.change = bytes -> bytes[bytes.length - 1] ^= 1;
                }),
                kind("with a later expiry", "envelope.refused TAMPERED", f -> f.laterMillis = 1),
                kind("sealed to a prekey that is gone", "envelope.unreadable", f -> f.sealedTo = gone(f.sealedTo)),
                kind("for another device", "envelope.not-kept", f -> f.sealedTo = Forger.bundleOf(f.other)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badEnvelopes")
    void everyBadEnvelopeIsRefusedInWordsAndTheLinkStays(String kind, String logged, Consumer<Forger> spoil) {
        alice.meet(bob);
        mallory.meet(bob);
        Forger forger = new Forger(alice, bob);
        forger.other = mallory;
        spoil.accept(forger);
        Envelope bad = forger.seal();
        bob.events.clear();
        bob.logged.clear();
        forger.arrive(alice, bad);
        village.run(1_000);
        assertThat(bob.logged).containsExactly(logged);
        assertThat(bob.events).isEmpty();
        assertThat(bob.contact(alice).reach()).isEqualTo(Event.Reach.DIRECT);
        alice.say(bob, "and still");
        village.run(1_000);
        assertThat(bob.shown()).containsExactly("and still");
    }

    @Test
    void anHonestEnvelopeMadeTheSameWayIsShown() {
        alice.meet(bob);
        Forger honest = new Forger(alice, bob);
        honest.arrive(alice, honest.seal(HELLO));
        village.run(1_000);
        assertThat(bob.shown()).containsExactly("hello");
    }

    @Test
    void aReceiptCannotSayThatAMessageIsDelivered() {
        alice.meet(bob);
        bob.filter = (from, frame, next) -> {};
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        Envelope sent = lastEnvelope(alice);
        for (Stored what : Stored.values()) alice.inject(bob.peer(), new Receipt(sent.id(), what));
        village.run(1_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT, Stage.STORED);
        assertThat(alice.contact(bob).waiting()).isEqualTo(1);
    }

    @Test
    void aPeerThatNeverHadAnEnvelopeCannotSayThatItKeepsIt() {
        alice.meet(bob);
        alice.meet(mallory);
        bob.filter = (from, frame, next) -> {};
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        alice.inject(mallory.peer(), new Receipt(lastEnvelope(alice).id(), Stored.KEPT));
        village.run(1_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT);
    }

    @Test
    void anotherContactCannotSayThatAMessageIsDeliveredOrRead() {
        alice.meet(bob);
        alice.meet(mallory);
        bob.filter = (from, frame, next) -> {};
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        Forger forger = new Forger(mallory, alice);
        forger.sequence = 0;
        forger.arrive(mallory, forger.seal(new Content.Delivered(List.of(id))));
        forger.arrive(mallory, forger.seal(new Content.Read(List.of(id))));
        village.run(1_000);
        assertThat(alice.stages(id)).containsExactly(Stage.QUEUED, Stage.SENT);
        assertThat(alice.contact(bob).waiting()).isEqualTo(1);
    }

    @Test
    void anotherContactCannotSayThatADeliveredMessageWasRead() {
        alice.meet(bob);
        alice.meet(mallory);
        MessageId id = alice.say(bob, "hello");
        village.run(1_000);
        Forger forger = new Forger(mallory, alice);
        forger.sequence = 0;
        forger.arrive(mallory, forger.seal(new Content.Read(List.of(id))));
        village.run(1_000);
        assertThat(alice.stages(id)).endsWith(Stage.DELIVERED);
    }

    @Test
    void anEnvelopeForSomebodyElseIsNotKeptAndItsSenderHears() {
        alice.meet(bob);
        Forger forger = new Forger(alice, bob);
        forger.sealedTo = Forger.bundleOf(mallory);
        Envelope envelope = forger.seal(HELLO);
        bob.sent.clear();
        forger.arrive(alice, envelope);
        village.run(100);
        assertThat(bob.sent).containsExactly(new Receipt(envelope.id(), Stored.UNKNOWN_MAILBOX));
    }

    @Test
    void whatCannotBeOpenedIsSealedAgainToTheFreshPrekey() {
        alice.meet(bob);
        int[] count = {0};
        bob.filter = (from, frame, next) -> {
            if (frame instanceof Envelope && count[0]++ == 0) {
                Forger forger = new Forger(alice, bob);
                forger.sealedTo = gone(forger.sealedTo);
                next.accept(forger.seal(HELLO));
            } else next.accept(frame);
        };
        alice.say(bob, "hello");
        village.run(15_000);
        assertThat(bob.logged).contains("envelope.unreadable");
        assertThat(bob.shown()).containsExactly("hello");
    }

    @Test
    void prekeysChangeEveryWeekAndMessagesKeepComing() {
        alice.meet(bob);
        Bundle first = Forger.bundleOf(bob);
        for (int week = 0; week < 8; week++) {
            alice.crash();
            bob.crash();
            village.run(Duration.ofDays(7).toMillis());
            alice.start();
            bob.start();
            village.run(5_000);
            alice.say(bob, "week " + week);
            village.run(5_000);
        }
        assertThat(Forger.bundleOf(bob).prekeyId()).isGreaterThan(first.prekeyId() + 6);
        assertThat(bob.shown()).hasSize(8);
        assertThat(bob.rows("prekey")).isBetween(5, 7);
        Forger late = new Forger(alice, bob);
        late.sealedTo = first;
        late.arrive(alice, late.seal(HELLO));
        assertThat(bob.logged).endsWith("envelope.unreadable");
    }

    @Test
    void aForgedCardCostsTheLink() {
        alice.meet(bob);
        mallory.meet(bob);
        Card card = InviteCodec.parse(bob.invite()).card();
        byte[] raw = card.bundles().get(0).raw().toArray();
        raw[raw.length - 1] ^= 1;
        Bundle forged = ContactCodec.decodeBundle(Bytes.wrap(raw));
        Frame introduction = new ContactFrame.Introduction(new Card(card.name(), card.devices(), List.of(forged)));
        alice.logged.clear();
        alice.inject(bob.peer(), introduction);
        assertThat(alice.logged).contains("frame.refused TAMPERED");
        village.run(100);
        assertThat(alice.events(Event.Reached.class))
                .anySatisfy(reached -> assertThat(reached.reach()).isEqualTo(Event.Reach.OFFLINE));
    }

    @Test
    void nobodyElseChangesTheNameOfAContact() {
        alice.meet(bob);
        mallory.meet(alice);
        Card card = InviteCodec.parse(bob.invite()).card();
        Bundle old = card.bundles().get(0);
        Frame onlyRenamed = new ContactFrame.Introduction(new Card("mallory", card.devices(), card.bundles()));
        alice.inject(bob.peer(), onlyRenamed);
        assertThat(alice.contact(bob).name()).as("nothing else is newer").isEqualTo(card.name());
        Bundle next = Bundle.sign(
                bob.crypto, bob.identity, old.prekeyId(), old.prekeyPublic(), old.sequence() + 1, old.endpoints());
        Frame renamed = new ContactFrame.Introduction(new Card("mallory", card.devices(), List.of(next)));
        alice.inject(mallory.peer(), renamed);
        assertThat(alice.contact(bob).name()).as("somebody else brings it").isEqualTo(card.name());
        Bundle after = Bundle.sign(
                bob.crypto, bob.identity, old.prekeyId(), old.prekeyPublic(), old.sequence() + 2, old.endpoints());
        renamed = new ContactFrame.Introduction(new Card("mallory", card.devices(), List.of(after)));
        alice.inject(bob.peer(), renamed);
        assertThat(alice.contact(bob).name()).isEqualTo("mallory");
    }

    private static Envelope lastEnvelope(House house) {
        for (int i = house.sent.size() - 1; i >= 0; i--) if (house.sent.get(i) instanceof Envelope last) return last;
        throw new AssertionError("no envelope was sent");
    }

    /** A card of a house that lists and shows somebody else's device too: all its signatures hold. */
    private static Card claiming(House house, Bundle claimed) {
        Bundle own = Forger.bundleOf(house);
        List<Bytes> devices = List.of(own.devicePublic(), claimed.devicePublic());
        return new Card("claims", DeviceList.sign(house.crypto, house.identity, 9, devices), List.of(own, claimed));
    }

    /** A bundle whose prekey the device never had. */
    private static Bundle gone(Bundle bundle) {
        return new Bundle(
                bundle.devicePublic(),
                bundle.userPublic(),
                bundle.linkPublic(),
                1_000,
                bundle.prekeyPublic(),
                bundle.sequence(),
                bundle.endpoints(),
                bundle.raw());
    }

    private static Arguments kind(String name, String logged, Consumer<Forger> spoil) {
        return Arguments.of(name, logged, spoil);
    }
}
