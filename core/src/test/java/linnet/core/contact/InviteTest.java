package linnet.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Event.ContactState;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.MessageId;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invites: used, misused, and spoilt. */
class InviteTest {
    private final Village village = new Village(2);
    private final List<House> houses = village.started("alice", "bob", "carol");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);
    private final House carol = houses.get(2);

    /** Every malformed kind of invite by its name, with the code that the person hears. */
    static Stream<Arguments> badLinks() {
        return Stream.of(
                kind("nothing", Code.MALFORMED, link -> ""),
                kind("another scheme", Code.MALFORMED, link -> "http:" + link.substring(7)),
                kind("nothing behind the scheme", Code.MALFORMED, link -> "linnet:"),
                kind("cut", Code.MALFORMED, link -> link.substring(0, link.length() / 2)),
                kind("with a character that base64url does not have", Code.MALFORMED, link -> link + "!"),
                kind("far too long", Code.TOO_LARGE, link -> link + "A".repeat(30_000)),
                kind("of a version to come", Code.UNSUPPORTED, link -> signedAnew(link, 1, 2)),
                kind("without a version", Code.MALFORMED, link -> signedAnew(link, 1, 0)),
                kind("with a later expiry", Code.TAMPERED, link -> signedAnew(link, 5, 1_900_000_000_000L)),
                kind("with a byte of the signature changed", Code.TAMPERED, link -> {
                    byte[] bytes = Base64.getUrlDecoder().decode(link.substring(7));
                    bytes[bytes.length - 1] ^= 1;
                    return "linnet:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badLinks")
    void everyBadLinkIsRefusedWithItsCode(String kind, Code code, UnaryOperator<String> spoil) {
        String link = alice.invite();
        assertThat(House.why(bob.add(spoil.apply(link)))).isEqualTo(code);
        assertThat(bob.contact(alice)).isNull();
    }

    @Test
    void spaceAroundALinkDoesNotMatter() {
        assertThat(House.value(bob.add("  " + alice.invite() + "\n"))).isEqualTo(alice.user());
    }

    @Test
    void anExpiredInviteIsRefusedWhereItIsTaken() {
        String link = alice.invite();
        village.run(Duration.ofHours(25).toMillis());
        assertThat(House.why(bob.add(link))).isEqualTo(Code.EXPIRED);
    }

    @Test
    void anInviteOfAnotherNetworkIsRefused() {
        bob.crash();
        bob.network = "elsewhere";
        bob.start();
        assertThat(House.why(bob.add(alice.invite()))).isEqualTo(Code.WRONG_NETWORK);
    }

    @Test
    void theOwnInviteIsRefused() {
        assertThat(House.why(alice.add(alice.invite()))).isEqualTo(Code.REFUSED);
    }

    @Test
    void anInviteIsGoodForOnePersonOnly() {
        String link = alice.invite();
        House.value(bob.add(link));
        village.run(2_000);
        House.value(carol.add(link));
        village.run(2_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(carol.contact(alice).state()).isEqualTo(ContactState.REFUSED);
        assertThat(last(carol).why().code()).isEqualTo(Code.ALREADY_USED);
        assertThat(alice.contact(carol)).isNull();
    }

    @Test
    void takingTheSameInviteAgainChangesNothing() {
        String link = alice.invite();
        House.value(bob.add(link));
        House.value(bob.add(link));
        village.run(2_000);
        House.value(bob.add(link));
        village.run(2_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(alice.events(Event.ContactChanged.class)).hasSize(1);
    }

    @Test
    void aRequestThatComesAfterTheExpiryIsRefused() {
        String link = alice.invite();
        village.run(100);
        alice.crash();
        House.value(bob.add(link));
        village.run(Duration.ofHours(30).toMillis());
        alice.start();
        bob.later(0, () -> bob.node().retry(alice.user()));
        village.run(5_000);
        assertThat(last(bob).why().code()).isEqualTo(Code.EXPIRED);
    }

    @Test
    void aRequestWithASecretThatNobodyMadeIsRefused() {
        Invite invite = InviteCodec.parse(alice.invite());
        Invite forged = Invite.sign(
                alice.crypto,
                alice.identity,
                invite.network(),
                invite.networkName(),
                invite.card(),
                invite.expiresWallMillis(),
                alice.crypto.random(Invite.SECRET_BYTES));
        House.value(bob.add(InviteCodec.link(forged)));
        village.run(5_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.REFUSED);
        assertThat(last(bob).why().code()).isEqualTo(Code.REFUSED);
        assertThat(bob.contact(alice).cause())
                .satisfies(why -> assertThat(why.code()).isEqualTo(Code.REFUSED));
    }

    @Test
    void whoWasRefusedCanTryAnotherInvite() {
        String link = alice.invite();
        House.value(carol.add(link));
        village.run(2_000);
        House.value(bob.add(link));
        village.run(2_000);
        House.value(bob.add(alice.invite()));
        village.run(2_000);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
    }

    @Test
    void messagesToWhoRefusesFail() {
        String link = alice.invite();
        House.value(carol.add(link));
        village.run(2_000);
        House.value(bob.add(link));
        MessageId id = bob.say(alice, "hello?");
        village.run(5_000);
        assertThat(bob.cause(id)).isEqualTo(Code.ALREADY_USED);
        assertThat(House.why(bob.ask(() -> bob.node().send(alice.user(), "hello?"))))
                .isEqualTo(Code.NOT_A_CONTACT);
    }

    @Test
    void twoWhoInviteEachOtherAtOnceBecomeContacts() {
        String ofAlice = alice.invite();
        String ofBob = bob.invite();
        House.value(alice.add(ofBob));
        House.value(bob.add(ofAlice));
        village.run(5_000);
        assertThat(alice.contact(bob).state()).isEqualTo(ContactState.ACCEPTED);
        assertThat(bob.contact(alice).state()).isEqualTo(ContactState.ACCEPTED);
    }

    @Test
    void noMoreThanAThousandInvitesAreOpen() {
        for (int i = 0; i < 1_000; i++) alice.invite();
        assertThat(House.why(alice.ask(() -> alice.node().invite(1_000)))).isEqualTo(Code.QUEUE_FULL);
    }

    @Test
    void anInviteLivesAMonthAtMost() {
        assertThat(House.why(
                        alice.ask(() -> alice.node().invite(Duration.ofDays(31).toMillis()))))
                .isEqualTo(Code.TOO_LARGE);
        assertThat(House.why(alice.ask(() -> alice.node().invite(0)))).isEqualTo(Code.TOO_LARGE);
    }

    private static Event.ContactChanged last(House house) {
        List<Event.ContactChanged> all = house.events(Event.ContactChanged.class);
        return all.get(all.size() - 1);
    }

    private static Arguments kind(String name, Code code, UnaryOperator<String> spoil) {
        return Arguments.of(name, code, spoil);
    }

    /** Returns the link with another number in one field of the body; the signature stays. */
    private static String signedAnew(String link, int field, long value) {
        Writer outer = new Writer();
        Reader signed = new Reader(InviteCodec.encode(InviteCodec.parse(link)));
        signed.field();
        Reader body = signed.message(Invite.BYTES_MAX);
        Writer inner = new Writer();
        for (int at = body.field(); at != 0; at = body.field()) {
            if (at == field) {
                body.skip();
                inner.uint64(at, value);
            } else if (body.isSized()) inner.item(at, body.bytes(0, Invite.BYTES_MAX));
            else inner.uint64(at, body.uint64(Long.MAX_VALUE));
        }
        outer.bytes(1, inner.toBytes());
        signed.field();
        return "linnet:"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                outer.bytes(2, signed.bytes(64, 64)).toBytes().shared());
    }
}
