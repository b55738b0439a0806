package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.id.Bytes;
import linnet.core.link.Links.Standing;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.LinkFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer with real keys can do wrong once it is linked: each gets its documented code, and nobody else notices. */
class BadFrameTest {
    private final TestNet net = new TestNet();
    private final Station alice = new Station(net, 1);
    private final Station bob = new Station(net, 2);
    private final Rogue rogue = new Rogue(66, true);

    /** One way to be wrong. */
    private record Wrong(String name, Code code, Consumer<Rogue> how) {
        @Override
        public String toString() {
            return name + " is " + code;
        }
    }

    static Stream<Wrong> violations() {
        return Stream.of(
                new Wrong("a message shorter than a tag", Code.TAMPERED, rogue -> rogue.sayRaw(bytes(1, 2, 3))),
                new Wrong("a message of noise", Code.TAMPERED, rogue -> rogue.sayRaw(Bytes.wrap(new byte[64]))),
                new Wrong("a changed message", Code.TAMPERED, rogue -> rogue.sayRaw(changed(rogue.seal(ping())))),
                new Wrong("a message repeated", Code.TAMPERED, BadFrameTest::sayTwice),
                new Wrong("a message left out", Code.TAMPERED, BadFrameTest::leaveOneOut),
                new Wrong("a batch without a frame", Code.MALFORMED, rogue -> rogue.sayPlain(Bytes.EMPTY)),
                new Wrong("an empty frame", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(0))),
                new Wrong("a frame that is cut", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(5, 10, 0))),
                new Wrong(
                        "a length above 32 bits",
                        Code.MALFORMED,
                        rogue -> rogue.sayPlain(bytes(255, 255, 255, 255, 255, 1))),
                new Wrong("a length written too long", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(0x82, 0, 10, 0))),
                new Wrong("two frames in one", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(4, 10, 0, 18, 0))),
                new Wrong("a frame of the wrong shape", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(2, 8, 1))),
                new Wrong("a close without a code", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(2, 26, 0))),
                new Wrong(
                        "a receipt without an envelope",
                        Code.MALFORMED,
                        rogue -> rogue.sayPlain(bytes(4, 58, 2, 16, 1))),
                new Wrong(
                        "an envelope without an addressee",
                        Code.MALFORMED,
                        rogue -> rogue.sayPlain(bytes(7, 50, 5, 32, 1, 42, 1, 1))),
                new Wrong("an envelope with 99 hops", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(4, 50, 2, 24, 99))),
                new Wrong("an introduction of nobody", Code.MALFORMED, rogue -> rogue.sayPlain(bytes(2, 42, 0))),
                new Wrong("more frames than a stranger may send", Code.RATE_LIMITED, BadFrameTest::flood));
    }

    @BeforeEach
    void link() {
        alice.open(bob);
        rogue.dial(net, alice);
        net.run(1_000);
        assertThat(alice.heard).containsExactly("up", "up");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void aViolationClosesTheLinkWithItsCode(Wrong wrong) {
        wrong.how.accept(rogue);
        net.run(1_000);
        assertThat(rogue.closeFrame()).isEqualTo(wrong.code);
        assertThat(rogue.closed).containsExactly(wrong.code);
        assertThat(alice.heard).containsExactly("up", "up", "down " + wrong.code);
        assertThat(alice.logged).contains("link.violation " + wrong.code);
        assertThat(bob.send(alice, 5)).isTrue();
        net.run(100);
        assertThat(alice.frames).contains(5);
    }

    @Test
    void aMessageAboveTheLimitOfChannelsIsTooLarge() {
        Channel.Listener listener = listenerOfRogue();
        listener.onBytes(Bytes.wrap(new byte[Channel.MESSAGE_BYTES_MAX + 1]));
        net.run(100);
        assertThat(rogue.closeFrame()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void anUnknownFrameIsAnsweredAndNothingElse() {
        // Field 99 of the frame, a message of no bytes.
        rogue.sayPlain(bytes(3, 0x9a, 6, 0));
        rogue.say(Station.receipt(4));
        net.run(100);
        assertThat(rogue.frames).contains(new LinkFrame.Unsupported(99));
        assertThat(rogue.closed).isEmpty();
        assertThat(alice.frames).containsExactly(4);
    }

    @Test
    void unknownFramesAreAnsweredAtABoundedRate() {
        alice.pool().keep(rogue.peer, Standing.CONTACT);
        for (int i = 0; i < 500; i++) rogue.sayPlain(bytes(3, 0x9a, 6, 0));
        net.run(1_000);
        long answers = rogue.frames.stream()
                .filter(LinkFrame.Unsupported.class::isInstance)
                .count();
        assertThat(answers).isEqualTo(LinkConfig.UNSUPPORTED_BURST);
        assertThat(rogue.closed).isEmpty();
    }

    @Test
    void anUnsupportedAnswerIsNotedAndNotAnswered() {
        int heard = rogue.frames.size();
        rogue.say(new LinkFrame.Unsupported(7));
        net.run(100);
        assertThat(alice.logged).contains("link.unsupported UNSUPPORTED");
        assertThat(rogue.frames).hasSize(heard);
    }

    @Test
    void aContactMaySendAsMuchAsItLikes() {
        alice.pool().keep(rogue.peer, Standing.CONTACT);
        flood(rogue);
        net.run(100);
        assertThat(rogue.closed).isEmpty();
        assertThat(alice.frames).hasSize(500);
    }

    @Test
    void aStrangerMayGoOnForeverAtTheRateOfStrangers() {
        for (int i = 0; i < 400; i++) {
            rogue.say(Station.receipt(i));
            net.run(50);
        }
        assertThat(rogue.closed).isEmpty();
        net.run(100);
        assertThat(alice.frames).hasSize(400);
    }

    @Test
    void framesBeforeTheViolationCountAndThoseAfterDoNot() {
        Bytes good = FrameCodec.encode(Station.receipt(1));
        Bytes late = FrameCodec.encode(Station.receipt(2));
        rogue.sayPlain(Bytes.concat(bytes(good.length()), good, bytes(2, 26, 0), bytes(late.length()), late));
        rogue.say(Station.receipt(3));
        net.run(100);
        assertThat(alice.frames).containsExactly(1);
    }

    @Test
    void aPingIsAnsweredWithItsNumber() {
        rogue.say(new LinkFrame.Ping(4_711));
        net.run(100);
        assertThat(rogue.frames).contains(new LinkFrame.Pong(4_711));
    }

    @Test
    void theReasonOfACloseFrameReachesTheHandler() {
        rogue.close(Code.STOPPING);
        for (Code code : Code.values()) {
            Rogue other = new Rogue(100 + code.number(), true).dial(net, alice);
            net.run(200);
            alice.heard.clear();
            other.say(new LinkFrame.Close(new Failure(code)));
            net.run(LinkConfig.DRAIN_MILLIS + 100);
            assertThat(alice.heard).containsExactly("down " + code);
        }
    }

    @Test
    void aCloseInsteadOfASignIsAFailedDial() {
        Rogue full = new Rogue(67, false);
        alice.open(full.peer, net.join(full));
        net.run(100);
        assertThat(full.isLinked()).isTrue();
        full.say(new LinkFrame.Close(new Failure(Code.RATE_LIMITED)));
        net.run(100);
        assertThat(alice.failures).containsExactly(Code.RATE_LIMITED);
        assertThat(alice.heard).containsExactly("up", "up");
    }

    private Channel.Listener listenerOfRogue() {
        return net.pipes.get(net.pipes.size() - 1).answerer.listener();
    }

    private static void sayTwice(Rogue rogue) {
        Bytes sealed = rogue.seal(ping());
        rogue.sayRaw(sealed);
        rogue.sayRaw(sealed);
    }

    private static void leaveOneOut(Rogue rogue) {
        Bytes lost = rogue.seal(ping());
        assertThat(lost.length()).isPositive();
        rogue.sayPlain(ping());
    }

    private static void flood(Rogue rogue) {
        for (int i = 0; i < 500; i++) rogue.say(Station.receipt(i));
    }

    private static Bytes ping() {
        return bytes(2, 10, 0);
    }

    private static Bytes changed(Bytes message) {
        byte[] array = message.toArray();
        array[array.length / 2] ^= 1;
        return Bytes.wrap(array);
    }

    private static Bytes bytes(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) array[i] = (byte) values[i];
        return Bytes.wrap(array);
    }
}
