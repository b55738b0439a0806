package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.Signed;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is signed holds, keeps what newer programs put in, and nobody else can make it. */
class SignedMessagesTest {
    private static final Key KEY = new Key(1, 2, 3, 4, 5, 6, 7, 8);

    private final Crypto crypto = Draws.seeded(11);
    private final Identity alice = Identity.create(crypto);
    private final Identity eve = Identity.create(crypto);
    private final Bytes alicePublic = crypto.signingPublic(alice.deviceSeed());
    private final PeerId bob = new PeerId(KEY);
    private final Card card = card(alice, alice);

    private Card card(Identity user, Identity device) {
        Bytes devicePublic = crypto.signingPublic(device.deviceSeed());
        return new Card(
                "Alice",
                DeviceList.sign(crypto, user, 1, List.of(devicePublic)),
                List.of(bundle(device, "ws://192.0.2.1:7071/")));
    }

    private Bundle bundle(Identity device, String endpoint) {
        return Bundle.sign(
                crypto, device, 1, crypto.agreementPublic(crypto.random(32)), 1, List.of(new Endpoint(endpoint)));
    }

    private Payload payload(Content content) {
        return Payload.of(
                        new MessageId(crypto.random(16)),
                        new ConversationId(KEY),
                        Identity.userId(crypto, crypto.signingPublic(alice.userSeed())),
                        Identity.peerId(crypto, alicePublic),
                        1,
                        1,
                        1,
                        content)
                .sign(crypto, alice, bob);
    }

    private static void tampered(ThrowingCallable check) {
        refused(Failure.Code.TAMPERED, check);
    }

    private static void refused(Failure.Code code, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(code));
    }

    /** The signed bytes with another body below the old signature. */
    private static Bytes forged(Bytes raw, Bytes body) {
        return new SignedBody(body, SignedBody.decode(raw).signature()).encode();
    }

    @Test
    void aCardHolds() {
        assertThatCode(() -> ContactCodec.decodeCard(ContactCodec.encode(card)).check(crypto))
                .doesNotThrowAnyException();
    }

    @Test
    void aDeviceOutsideTheListIsNotThePersons() {
        Card mixed = new Card("Alice", card.devices(), List.of(bundle(eve, "ws://192.0.2.66/")));
        tampered(() -> mixed.check(crypto));
    }

    @Test
    void aCardWithADeviceThatIsOfSomebodyElseByItsOwnWordIsRefused() {
        Bundle ofEve = bundle(eve, "ws://192.0.2.66/");
        DeviceList claiming = DeviceList.sign(crypto, alice, 9, List.of(ofEve.devicePublic()));
        tampered(() -> new Card("Alice", claiming, List.of(ofEve)).check(crypto));
    }

    @Test
    void aBundleOfAnotherHandIsRefused() {
        Bundle own = card.bundles().get(0);
        Bytes elsewhere = ContactCodec.body(new Bundle(
                own.devicePublic(),
                own.userPublic(),
                own.linkPublic(),
                1,
                own.prekeyPublic(),
                2,
                List.of(new Endpoint("ws://192.0.2.66/")),
                Bytes.EMPTY));
        Bytes forgedRaw = forged(own.raw(), elsewhere);
        tampered(() -> ContactCodec.decodeBundle(forgedRaw).check(crypto));
        Bytes byEve = SignedBody.sign(crypto, eve.deviceSeed(), Signed.Use.BUNDLE, elsewhere);
        tampered(() -> ContactCodec.decodeBundle(byEve).check(crypto));
    }

    @Test
    void aDeviceCannotListItself() {
        Bytes body = SignedBody.decode(card.devices().raw()).body();
        Bytes byDevice = SignedBody.sign(crypto, alice.deviceSeed(), Signed.Use.DEVICE_LIST, body);
        tampered(() -> ContactCodec.decodeDeviceList(byDevice).check(crypto));
        Bytes forAnotherUse = SignedBody.sign(crypto, alice.userSeed(), Signed.Use.INVITE, body);
        tampered(() -> ContactCodec.decodeDeviceList(forAnotherUse).check(crypto));
    }

    @Test
    void fieldsOfANewerProgramStayUnderTheSignature() {
        Bytes body = SignedBody.decode(card.devices().raw()).body();
        Bytes newer =
                Bytes.concat(body, new Writer().item(99, Bytes.utf8("news")).toBytes());
        Bytes raw = SignedBody.sign(crypto, alice.userSeed(), Signed.Use.DEVICE_LIST, newer);
        DeviceList list = ContactCodec.decodeDeviceList(raw);
        Card forwarded = ContactCodec.decodeCard(ContactCodec.encode(new Card("", list, card.bundles())));
        assertThat(forwarded.devices().raw()).isEqualTo(raw);
        assertThatCode(() -> forwarded.check(crypto)).doesNotThrowAnyException();
    }

    @Test
    void aDeviceIsListedAndDescribedOnce() {
        DeviceList twice = DeviceList.sign(crypto, alice, 1, List.of(alicePublic, alicePublic));
        refused(Failure.Code.MALFORMED, () -> ContactCodec.decodeDeviceList(twice.raw()));
        Bundle bundle = card.bundles().get(0);
        Card both = new Card("", card.devices(), List.of(bundle, bundle));
        refused(Failure.Code.MALFORMED, () -> ContactCodec.decodeCard(ContactCodec.encode(both)));
    }

    @Test
    void anInviteHoldsAndIsBoundToThePersonOnItsCard() {
        Invite invite = Invite.sign(crypto, alice, new NetworkId(KEY), "home", card, 1_000, crypto.random(16));
        assertThatCode(() -> InviteCodec.parse(InviteCodec.link(invite)).check(crypto))
                .doesNotThrowAnyException();
        Invite byEve = Invite.sign(crypto, eve, new NetworkId(KEY), "home", card, 1_000, crypto.random(16));
        tampered(() -> byEve.check(crypto));
    }

    @Test
    void aPayloadHoldsForItsDeviceAndItsRecipientOnly() {
        Payload payload = payload(new Content.Text("hello"));
        assertThatCode(() -> payload.check(crypto, alicePublic, bob)).doesNotThrowAnyException();
        tampered(() -> payload.check(crypto, alicePublic, Identity.peerId(crypto, alicePublic)));
        tampered(() -> payload.check(crypto, crypto.signingPublic(eve.deviceSeed()), bob));
    }

    @Test
    void aProofHoldsForItsOwnStaticKeyOnly() {
        Hello.Proof proof = Hello.Proof.sign(crypto, alice, new NetworkId(KEY), 1, 0);
        assertThat(proof.holdsFor(crypto, crypto.agreementPublic(alice.linkSecret())))
                .isTrue();
        assertThat(proof.holdsFor(crypto, crypto.agreementPublic(eve.linkSecret())))
                .isFalse();
    }

    @Test
    void theHighestCommonVersionIsTaken() {
        assertThat(new Hello(1, 3, null).common(new Hello(2, 5, null))).isEqualTo(3);
        assertThat(new Hello(1, 1, null).common(new Hello(1, 9, null))).isEqualTo(1);
        assertThat(new Hello(1, 2, null).common(new Hello(3, 4, null))).isZero();
        assertThat(new Hello(3, 4, null).common(new Hello(1, 2, null))).isZero();
    }

    @Test
    void versionsThatAreNotKnownAreUnsupported() {
        Payload payload = payload(new Content.Text("hello"));
        Bytes body = SignedBody.decode(payload.raw()).body();
        assertThat(body.slice(0, 2).hex()).isEqualTo("0801");
        Bytes second = Bytes.concat(Bytes.wrap(new byte[] {8, 2}), body.slice(2, body.length()));
        refused(Failure.Code.UNSUPPORTED, () -> PayloadCodec.decode(forged(payload.raw(), second)));
    }

    @Test
    void aContentThatIsNotKnownIsReadAsSuch() {
        assertThat(PayloadCodec.decodeContent(
                        new Writer().item(9, Bytes.utf8("x")).toBytes()))
                .isEqualTo(new Content.Unknown(9));
    }

    @Test
    void theLongestTextFitsTheLargestEnvelope() {
        Bytes prekeySecret = crypto.random(32);
        Identity recipient = Identity.create(crypto);
        Bundle bundle = Bundle.sign(crypto, recipient, 5, crypto.agreementPublic(prekeySecret), 1, List.of());
        PeerId peer = Identity.peerId(crypto, bundle.devicePublic());
        Content longest = new Content.Text("é".repeat(Content.TEXT_BYTES_MAX / 2));
        Payload payload = payload(longest).sign(crypto, alice, peer);
        Envelope envelope = Suite1.seal(crypto, payload, bundle, 16, 1_000);
        assertThat(envelope.sealed().length()).isEqualTo(1 + 8 + 32 + 16_384 + 16);
        assertThat(Suite1.prekeyId(envelope)).isEqualTo(5);
        Payload opened = Suite1.open(crypto, envelope, KeyPair.of(crypto, prekeySecret));
        assertThat(opened).isEqualTo(payload);
        assertThatCode(() -> opened.check(crypto, alicePublic, peer)).doesNotThrowAnyException();
        assertThat(Content.Text.fits("é".repeat(Content.TEXT_BYTES_MAX / 2 + 1)))
                .isFalse();
        assertThat(Content.Text.fits("")).isFalse();
    }

    @Test
    void whoChangesAnythingButTheHopsBreaksTheSeal() {
        Bytes secret = crypto.random(32);
        Bundle bundle = Bundle.sign(crypto, alice, 5, crypto.agreementPublic(secret), 1, List.of());
        Payload payload = payload(new Content.Text("hello"));
        Envelope sealed = Suite1.seal(crypto, payload, bundle, 16, 1_000);
        Envelope fewerHops = Envelope.of(crypto, sealed.to(), 3, 1_000, sealed.sealed());
        assertThat(Suite1.open(crypto, fewerHops, KeyPair.of(crypto, secret))).isEqualTo(payload);
        tampered(() ->
                Suite1.open(crypto, Envelope.of(crypto, bob, 16, 1_000, sealed.sealed()), KeyPair.of(crypto, secret)));
        tampered(() -> Suite1.open(
                crypto, Envelope.of(crypto, sealed.to(), 16, 999, sealed.sealed()), KeyPair.of(crypto, secret)));
        byte[] another = sealed.sealed().toArray();
        another[8] = 6;
        tampered(() -> Suite1.open(
                crypto, Envelope.of(crypto, sealed.to(), 16, 1_000, Bytes.wrap(another)), KeyPair.of(crypto, secret)));
        another[0] = 2;
        refused(
                Failure.Code.UNSUPPORTED,
                () -> Suite1.prekeyId(Envelope.of(crypto, sealed.to(), 16, 1_000, Bytes.wrap(another))));
    }

    @Test
    void textsOfOneSizeClassAreSealedToOneSize() {
        Bundle bundle = card.bundles().get(0);
        int shortOne = Suite1.seal(crypto, payload(new Content.Text("x")), bundle, 0, 1)
                .sealed()
                .length();
        Payload longer = payload(new Content.Text("x".repeat(200)));
        Payload longerStill = payload(new Content.Text("x".repeat(600)));
        assertThat(Suite1.seal(crypto, longer, bundle, 0, 1).sealed().length())
                .isEqualTo(
                        Suite1.seal(crypto, longerStill, bundle, 0, 1).sealed().length())
                .isGreaterThan(shortOne);
    }

    @Test
    void paddingThatIsNotZeroOrOfAnotherSizeIsRefused() {
        Bytes padded = Padding.pad(Bytes.utf8("hello"));
        assertThat(padded.length()).isEqualTo(256);
        assertThat(Padding.unpad(padded)).isEqualTo(Bytes.utf8("hello"));
        byte[] dirty = padded.toArray();
        dirty[255] = 1;
        refused(Failure.Code.MALFORMED, () -> Padding.unpad(Bytes.wrap(dirty)));
        refused(Failure.Code.MALFORMED, () -> Padding.unpad(padded.slice(0, 255)));
        refused(Failure.Code.MALFORMED, () -> Padding.unpad(Bytes.concat(padded, Bytes.wrap(new byte[768]))));
        for (int length : new int[] {0, 254, 255, 1_022, 1_023, 4_094, 4_095, Padding.CONTENT_BYTES_MAX})
            assertThat(Padding.unpad(Padding.pad(Bytes.wrap(new byte[length]))).length())
                    .isEqualTo(length);
    }

    @Test
    void anInviteLinkForgivesWhiteSpaceAndNothingElse() {
        Invite invite = Invite.sign(crypto, alice, new NetworkId(KEY), "home", card, 1_000, crypto.random(16));
        String link = InviteCodec.link(invite);
        assertThat(InviteCodec.parse("\n " + link + " \n")).isEqualTo(invite);
        refused(Failure.Code.MALFORMED, () -> InviteCodec.parse(link.substring(1)));
        refused(Failure.Code.MALFORMED, () -> InviteCodec.parse(""));
        refused(Failure.Code.MALFORMED, () -> InviteCodec.parse("linnet:"));
        refused(Failure.Code.MALFORMED, () -> InviteCodec.parse(link + "="));
        refused(Failure.Code.MALFORMED, () -> InviteCodec.parse(link.replace("linnet:", "linnet:é")));
        refused(Failure.Code.TOO_LARGE, () -> InviteCodec.parse("linnet:" + "A".repeat(30_000)));
        for (int length = 7; length < link.length(); length++) {
            String cut = link.substring(0, length);
            refused(Failure.Code.MALFORMED, () -> InviteCodec.parse(cut));
        }
    }
}
