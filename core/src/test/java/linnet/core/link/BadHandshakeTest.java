package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.env.Failure.Code;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.wire.Hello;
import linnet.core.wire.LinkCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every malformed or forged handshake gets its documented code, on either side, and the node stays up. */
class BadHandshakeTest {
    private static final Bytes UNREADABLE = Bytes.wrap(new byte[] {(byte) 0xff, 1, 2});

    private final TestNet net = new TestNet();
    private final Station alice = new Station(net, 1);
    private final Station bob = new Station(net, 2);

    /** One way to be wrong. */
    private record Wrong(String name, Code code, Consumer<Rogue> how) {
        @Override
        public String toString() {
            return name + " is " + code;
        }
    }

    /** What the side that dials can do wrong before it has proved anything. */
    static Stream<Wrong> firstMessages() {
        return Stream.of(
                new Wrong("an empty message", Code.HANDSHAKE_FAILED, spelled(0, message -> Bytes.EMPTY)),
                new Wrong("a key that is cut", Code.HANDSHAKE_FAILED, spelled(0, message -> message.slice(0, 31))),
                new Wrong("a key without a hello", Code.MALFORMED, spelled(0, message -> message.slice(0, 32))),
                new Wrong("a key of low order", Code.TAMPERED, spelled(0, BadHandshakeTest::withoutKey)),
                new Wrong("a message above 1 KiB", Code.TOO_LARGE, spelled(0, message -> longer(message, 1_025))),
                new Wrong("a hello that is none", Code.MALFORMED, rogue -> rogue.versions = UNREADABLE),
                new Wrong("versions upside down", Code.MALFORMED, rogue -> rogue.versions = versions(3, 2)),
                new Wrong("version 0", Code.MALFORMED, rogue -> rogue.versions = versions(0, 1)),
                new Wrong("no version in common", Code.VERSION_MISMATCH, rogue -> rogue.versions = versions(2, 9)));
    }

    /** What either side can do wrong in the message that proves who it is. */
    static Stream<Wrong> proofs() {
        return Stream.of(
                new Wrong("an empty message", Code.HANDSHAKE_FAILED, spelled(0, 1, message -> Bytes.EMPTY)),
                new Wrong("a message that is cut", Code.HANDSHAKE_FAILED, spelled(0, 1, BadHandshakeTest::cut)),
                new Wrong(
                        "a message with a byte more",
                        Code.HANDSHAKE_FAILED,
                        spelled(0, 1, message -> longer(message, message.length() + 1))),
                new Wrong("a changed first byte", Code.HANDSHAKE_FAILED, spelled(0, 1, message -> changed(message, 0))),
                new Wrong(
                        "a changed last byte",
                        Code.HANDSHAKE_FAILED,
                        spelled(0, 1, message -> changed(message, message.length() - 1))),
                new Wrong("a message above 4 KiB", Code.TOO_LARGE, spelled(0, 1, message -> longer(message, 4_097))),
                new Wrong("a hello that is none", Code.MALFORMED, rogue -> rogue.proved = UNREADABLE),
                new Wrong("no version in common", Code.VERSION_MISMATCH, rogue -> rogue.proved = versions(2, 9)),
                new Wrong("no proof", Code.HANDSHAKE_FAILED, rogue -> rogue.proved = versions(1, 1)),
                new Wrong(
                        "another network",
                        Code.WRONG_NETWORK,
                        rogue -> rogue.proved = rogue.hello(otherNetwork(), rogue.identity, 1)),
                new Wrong(
                        "incarnation 0",
                        Code.MALFORMED,
                        rogue -> rogue.proved = proof(rogue, 0, rogue.identity, Signed.Use.LINK)),
                new Wrong(
                        "a signature by another device",
                        Code.HANDSHAKE_FAILED,
                        rogue -> rogue.proved = proof(rogue, 1, other(), Signed.Use.LINK)),
                new Wrong(
                        "a signature for another use",
                        Code.HANDSHAKE_FAILED,
                        rogue -> rogue.proved = proof(rogue, 1, rogue.identity, Signed.Use.BUNDLE)),
                new Wrong(
                        "a signature over another link key",
                        Code.HANDSHAKE_FAILED,
                        rogue -> rogue.proved = borrowed(rogue)),
                new Wrong("another kind of channel", Code.HANDSHAKE_FAILED, rogue -> rogue.speaksOver("ws")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstMessages")
    void aWrongFirstMessageIsRefused(Wrong wrong) {
        Rogue rogue = new Rogue(66, true);
        wrong.how.accept(rogue);
        rogue.dial(net, alice);
        net.run(1_000);
        assertThat(rogue.closed).containsExactly(wrong.code);
        staysUp();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proofs")
    void aWrongProofOfTheDiallerIsRefused(Wrong wrong) {
        Rogue rogue = new Rogue(66, true);
        wrong.how.accept(rogue);
        rogue.dial(net, alice);
        net.run(1_000);
        assertThat(rogue.closed).containsExactly(wrong.code);
        staysUp();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proofs")
    void aWrongProofOfTheDialledIsRefused(Wrong wrong) {
        Rogue rogue = new Rogue(66, false);
        wrong.how.accept(rogue);
        alice.open(rogue.peer, net.join(rogue));
        net.run(1_000);
        assertThat(rogue.closed).containsExactly(wrong.code);
        assertThat(alice.failures).containsExactly(wrong.code);
        staysUp();
    }

    @Test
    void somebodyElseAtTheAddressIsNotToldWhoDials() {
        Rogue rogue = new Rogue(66, false);
        alice.open(bob.peer, net.join(rogue));
        net.run(1_000);
        assertThat(alice.failures).containsExactly(Code.IDENTITY_MISMATCH);
        assertThat(rogue.isLinked())
                .as("the third message, with the name, was sent")
                .isFalse();
        staysUp();
    }

    @Test
    void aNodeDoesNotLinkToItsOwnReflection() {
        Rogue mirror = new Rogue(1, true);
        mirror.dial(net, alice);
        net.run(1_000);
        assertThat(mirror.turnedAway()).isEqualTo(Code.HANDSHAKE_FAILED);
        staysUp();
    }

    @Test
    void aRecordedHandshakeIsOfNoUse() {
        List<Bytes> recorded = new ArrayList<>();
        net.road = (fromDialler, index, message) -> {
            if (fromDialler) recorded.add(message);
            return List.of(message);
        };
        bob.open(alice);
        net.run(1_000);
        assertThat(alice.isUp(bob)).isTrue();
        int heard = alice.heard.size();
        Rogue replayer = new Rogue(66, true);
        replayer.spelling = (index, message) -> recorded.get(index);
        replayer.dial(net, alice);
        net.run(1_000);
        assertThat(replayer.closed).containsExactly(Code.HANDSHAKE_FAILED);
        assertThat(alice.heard).hasSize(heard);
    }

    @Test
    void anyByteChangedOnTheWayEndsTheHandshake() {
        for (int step = 0; step < 4; step++) {
            for (int part = 0; part < 4; part++) {
                TestNet world = new TestNet();
                Station dialler = new Station(world, 1);
                Station dialled = new Station(world, 2);
                int wanted = step;
                int thirds = part;
                world.road = (fromDialler, index, message) -> {
                    boolean isIt = fromDialler == (wanted % 2 == 0) && index == wanted / 2;
                    return List.of(isIt ? changed(message, (message.length() - 1) * thirds / 3) : message);
                };
                dialler.open(dialled);
                world.run(1_000);
                assertThat(dialler.isUp(dialled))
                        .as("step " + step + ", part " + part)
                        .isFalse();
                assertThat(dialler.failures).hasSize(1);
            }
        }
    }

    @Test
    void aMessageLostRepeatedOrOutOfTurnEndsTheHandshake() {
        for (int step = 0; step < 3; step++) {
            for (int copies = 0; copies < 3; copies += 2) {
                TestNet world = new TestNet();
                Station dialler = new Station(world, 1);
                Station dialled = new Station(world, 2);
                int wanted = step;
                List<Bytes> none = List.of();
                boolean twice = copies == 2;
                world.road = (fromDialler, index, message) -> {
                    if (fromDialler != (wanted % 2 == 0) || index != wanted / 2) return List.of(message);
                    return twice ? List.of(message, message) : none;
                };
                dialler.open(dialled);
                world.run(10_000);
                assertThat(dialler.isUp(dialled))
                        .as("step " + step + ", copies " + copies)
                        .isFalse();
                assertThat(dialled.isUp(dialler)).isFalse();
            }
        }
    }

    @Test
    void whoSaysNothingIsCutOffInTime() {
        Rogue slow = new Rogue(66, true);
        slow.isMute = true;
        slow.dial(net, alice);
        net.run(2L * TestNet.LATENCY_MILLIS + LinkConfig.HANDSHAKE_MILLIS);
        assertThat(slow.closed).isEmpty();
        net.run(TestNet.LATENCY_MILLIS);
        assertThat(slow.closed).containsExactly(Code.TIMEOUT);
        staysUp();
    }

    @Test
    void theReasonOfARefusalIsPassedOn() {
        Rogue rogue = new Rogue(66, false);
        rogue.isMute = true;
        alice.open(rogue.peer, net.join(rogue));
        net.run(100);
        rogue.close(Code.VERSION_MISMATCH);
        net.run(100);
        assertThat(alice.failures).containsExactly(Code.VERSION_MISMATCH);
    }

    private void staysUp() {
        assertThat(alice.heard).isEmpty();
        alice.open(bob);
        net.run(1_000);
        assertThat(alice.isUp(bob)).isTrue();
    }

    private interface Change {
        Bytes of(Bytes message);
    }

    private static Consumer<Rogue> spelled(int wanted, Change change) {
        return rogue -> rogue.spelling = (index, message) -> index == wanted ? change.of(message) : message;
    }

    /** The proof is the first message of the side that was dialled and the second one of the other. */
    private static Consumer<Rogue> spelled(int ofDialled, int ofDialler, Change change) {
        return rogue -> spelled(rogue.dials ? ofDialler : ofDialled, change).accept(rogue);
    }

    private static Bytes withoutKey(Bytes message) {
        return Bytes.concat(Bytes.wrap(new byte[32]), message.slice(32, message.length()));
    }

    private static Bytes longer(Bytes message, int length) {
        return Bytes.concat(message, Bytes.wrap(new byte[length - message.length()]));
    }

    private static Bytes cut(Bytes message) {
        return message.slice(0, message.length() / 2);
    }

    private static Bytes changed(Bytes message, int at) {
        byte[] array = message.toArray();
        array[at] ^= 1;
        return Bytes.wrap(array);
    }

    /** Written by hand: the record refuses wrong ones. */
    private static Bytes versions(int min, int max) {
        return Bytes.wrap(new byte[] {8, (byte) min, 16, (byte) max});
    }

    private static NetworkId otherNetwork() {
        return new NetworkId(new Key(9, 9, 9, 9, 9, 9, 9, 9));
    }

    private static Identity other() {
        return Identity.create(Station.seeded(77));
    }

    /** A proof of the rogue's device, signed by {@code signer}. */
    private static Bytes proof(Rogue rogue, long incarnation, Identity signer, Signed.Use use) {
        Crypto crypto = rogue.crypto;
        Bytes linkPublic = crypto.agreementPublic(rogue.identity.linkSecret());
        Bytes signature = Signed.sign(crypto, signer.deviceSeed(), use, linkPublic);
        Bytes device = crypto.signingPublic(rogue.identity.deviceSeed());
        return LinkCodec.encode(new Hello(1, 1, new Hello.Proof(Station.NETWORK, device, signature, incarnation, 0)));
    }

    /** The rogue's device vouches, but for a key that it does not use. */
    private static Bytes borrowed(Rogue rogue) {
        Identity mixed = new Identity(rogue.identity.userSeed(), rogue.identity.deviceSeed(), other().linkSecret());
        return rogue.hello(Station.NETWORK, mixed, 1);
    }
}
