package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever anybody sends is read or refused with a violation; nothing else comes out of a decoder. */
class HostileInputTest {
    private static final int INPUTS = 20_000;
    private static final int SEEDS = 40;

    private static final Crypto CRYPTO = Draws.seeded(0);
    private static final PeerId ADDRESSEE = new PeerId(new Key(1, 2, 3, 4, 5, 6, 7, 8));
    private static final Bytes SECRET = CRYPTO.random(32);

    /** Something that reads bytes of others, and what makes good ones to start from. */
    private record Target(String name, Maker good, Consumer<Bytes> read) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Target> targets() {
        return List.of(
                new Target(
                        "frame",
                        random -> FrameCodec.encode(random.frame()),
                        bytes -> again(FrameCodec.decode(CRYPTO, bytes))),
                new Target(
                        "hello",
                        random -> LinkCodec.encode(random.hello()),
                        bytes -> LinkCodec.encode(LinkCodec.decodeHello(bytes))),
                new Target(
                        "card",
                        random -> ContactCodec.encode(random.card()),
                        bytes -> ContactCodec.encode(ContactCodec.decodeCard(bytes))),
                new Target(
                        "invite",
                        random -> InviteCodec.encode(random.invite()),
                        bytes -> InviteCodec.link(InviteCodec.decode(bytes))),
                new Target(
                        "link",
                        random -> Bytes.utf8(InviteCodec.link(random.invite())),
                        bytes -> InviteCodec.parse(bytes.text())),
                new Target("payload", random -> PayloadCodec.encode(random.payload()), PayloadCodec::decode),
                new Target(
                        "padding",
                        random -> Padding.pad(random.bytes(30)),
                        bytes -> assertThat(Padding.pad(Padding.unpad(bytes))).isEqualTo(bytes)),
                new Target(
                        "envelope",
                        random -> Bytes.concat(Bytes.wrap(new byte[] {1, 0, 0}), random.bytes(100)),
                        bytes -> Suite1.open(CRYPTO, envelope(bytes), KeyPair.of(CRYPTO, SECRET))),
                new Target("question", random -> DhtCodec.encode(random.question()), HostileInputTest::askAgain),
                new Target("answer", random -> DhtCodec.encode(random.answer()), HostileInputTest::answerAgain),
                new Target("record", random -> random.record().raw(), RecordCodec::decode),
                new Target("peer record", random -> random.peerRecord().raw(), RecordCodec::decodePeerRecord),
                new Target("packet", random -> PacketCodec.encode(random.packet()), PacketCodec::decode),
                new Target("opening", random -> PacketCodec.encode(random.opening()), PacketCodec::decodeOpening),
                new Target("opened", random -> PacketCodec.encode(random.opened()), PacketCodec::decodeOpened),
                new Target("batch", HostileInputTest::batch, Batch::split));
    }

    private interface Maker {
        Bytes make(RandomMessages random);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isReadOrRefused(Target target) {
        Chance chance = new Chance(target.name().length());
        List<Bytes> good = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) good.add(target.good.make(new RandomMessages(seed)));
        int inputs = target.name().equals("envelope") ? INPUTS / 10 : INPUTS;
        for (int i = 0; i < inputs; i++) {
            Bytes input = chance.happens(0.1)
                    ? Draws.bytes(chance, chance.below(200))
                    : mutated(good.get(chance.below(SEEDS)), good.get(chance.below(SEEDS)), chance);
            try {
                target.read.accept(input);
            } catch (ProtocolViolation refused) {
                assertThat(refused.failure().code())
                        .isIn(
                                Failure.Code.MALFORMED,
                                Failure.Code.TOO_LARGE,
                                Failure.Code.UNSUPPORTED,
                                Failure.Code.TAMPERED);
            } catch (RuntimeException wrong) {
                throw new AssertionError("input " + i + ": " + input.hex(), wrong);
            }
        }
    }

    private static Bytes mutated(Bytes bytes, Bytes other, Chance chance) {
        byte[] array = bytes.toArray();
        for (int more = chance.below(4); more > 0; more--) {
            int at = chance.below(array.length);
            array[at] = switch (chance.below(4)) {
                case 0 -> (byte) (array[at] ^ (1 << chance.below(8)));
                case 1 -> (byte) 0xff;
                case 2 -> 0;
                default -> (byte) chance.nextLong();
            };
        }
        Bytes changed = Bytes.wrap(array);
        return switch (chance.below(6)) {
            case 0 -> changed.slice(0, chance.below(changed.length()));
            case 1 -> changed.slice(chance.below(changed.length()), changed.length());
            case 2 -> Bytes.concat(changed, Draws.bytes(chance, chance.below(20)));
            case 3 ->
                Bytes.concat(
                        changed.slice(0, chance.below(changed.length())),
                        other.slice(chance.below(other.length()), other.length()));
            default -> changed;
        };
    }

    /** What was read can be written, and reads the same again. */
    private static void again(Frame frame) {
        if (frame instanceof UnknownFrame) return;
        if (frame instanceof DhtFrame.Asked asked && asked.question() == null) return;
        if (frame instanceof DhtFrame.Answered answered && answered.answer() == null) return;
        assertThat(FrameCodec.decode(CRYPTO, FrameCodec.encode(frame))).isEqualTo(frame);
    }

    private static void askAgain(Bytes bytes) {
        DhtQuestion<?> question = DhtCodec.decodeQuestion(bytes);
        if (question == null) return;
        assertThat((Object) DhtCodec.decodeQuestion(DhtCodec.encode(question))).isEqualTo(question);
    }

    private static void answerAgain(Bytes bytes) {
        DhtAnswer answer = DhtCodec.decodeAnswer(bytes);
        if (answer == null) return;
        assertThat(DhtCodec.decodeAnswer(DhtCodec.encode(answer))).isEqualTo(answer);
    }

    private static Envelope envelope(Bytes sealed) {
        return Envelope.of(CRYPTO, ADDRESSEE, 1, 1, sealed.length() == 0 ? Bytes.utf8("x") : sealed);
    }

    private static Bytes batch(RandomMessages random) {
        Batch batch = new Batch();
        for (int i = 0; i < 3; i++) batch.add(FrameCodec.encode(random.frame()));
        return batch.take();
    }
}
