package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.id.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write is what protobuf-java writes, for classes generated from the contract, and each reads the other. */
class ProtobufAgreementTest {
    private static final int MESSAGES = 100;

    private final Crypto crypto = Draws.seeded(0);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void frames(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Frame frame = random.frame();
            Bytes bytes = FrameCodec.encode(frame);
            if (frame instanceof DhtFrame dht) assertThat(bytes.length()).isEqualTo(DhtCodec.sizeOf(dht));
            agrees(linnet.proto.Frame.parser(), bytes);
            assertThat(FrameCodec.decode(crypto, bytes)).isEqualTo(frame);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void hellos(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Hello hello = random.hello();
            Bytes bytes = LinkCodec.encode(hello);
            agrees(linnet.proto.Hello.parser(), bytes);
            assertThat(LinkCodec.decodeHello(bytes)).isEqualTo(hello);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void cardsAndWhatIsOnThem(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Card card = random.card();
            Bytes bytes = ContactCodec.encode(card);
            agrees(linnet.proto.Card.parser(), bytes);
            assertThat(ContactCodec.decodeCard(bytes)).isEqualTo(card);

            Bytes list = ContactCodec.encode(card.devices());
            agreesSigned(linnet.proto.DeviceList.parser(), list);
            assertThat(ContactCodec.decodeDeviceList(list)).isEqualTo(card.devices());

            Bytes bundle = ContactCodec.encode(card.bundles().get(0));
            agreesSigned(linnet.proto.Bundle.parser(), bundle);
            assertThat(ContactCodec.decodeBundle(bundle))
                    .isEqualTo(card.bundles().get(0));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void invites(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Invite invite = random.invite();
            agreesSigned(linnet.proto.Invite.parser(), InviteCodec.encode(invite));
            assertThat(InviteCodec.decode(InviteCodec.encode(invite))).isEqualTo(invite);
            assertThat(InviteCodec.parse(InviteCodec.link(invite))).isEqualTo(invite);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void payloads(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Payload payload = random.payload();
            agreesSigned(linnet.proto.Payload.parser(), PayloadCodec.encode(payload));
            assertThat(PayloadCodec.decode(PayloadCodec.encode(payload))).isEqualTo(payload);

            Bytes content = PayloadCodec.encode(payload.content());
            agrees(linnet.proto.Content.parser(), content);
            assertThat(PayloadCodec.decodeContent(content)).isEqualTo(payload.content());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void questionsAndAnswers(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            DhtQuestion<?> question = random.question();
            Bytes asked = DhtCodec.encode(question);
            agrees(linnet.proto.Question.parser(), asked);
            assertThat(asked.length()).isEqualTo(DhtCodec.sizeOf(question)).isLessThanOrEqualTo(DhtQuestion.BYTES_MAX);
            assertThat((Object) DhtCodec.decodeQuestion(asked)).isEqualTo(question);

            DhtAnswer answer = random.answer();
            Bytes answered = DhtCodec.encode(answer);
            agrees(linnet.proto.Answer.parser(), answered);
            assertThat(answered.length()).isEqualTo(DhtCodec.sizeOf(answer)).isLessThanOrEqualTo(DhtAnswer.BYTES_MAX);
            assertThat(DhtCodec.decodeAnswer(answered)).isEqualTo(answer);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void packets(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Packet packet = random.packet();
            Bytes bytes = PacketCodec.encode(packet);
            agrees(linnet.proto.Packet.parser(), bytes);
            assertThat(bytes.length()).isEqualTo(PacketCodec.sizeOf(packet));
            assertThat(PacketCodec.decode(bytes)).isEqualTo(packet);

            Packet.Opening opening = random.opening();
            Bytes first = PacketCodec.encode(opening);
            agrees(linnet.proto.Opening.parser(), first);
            assertThat(first.length()).isEqualTo(PacketCodec.sizeOf(opening));
            assertThat(PacketCodec.decodeOpening(first)).isEqualTo(opening);

            Packet.Opened opened = random.opened();
            Bytes second = PacketCodec.encode(opened);
            agrees(linnet.proto.Opened.parser(), second);
            assertThat(PacketCodec.decodeOpened(second)).isEqualTo(opened);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void records(long seed) {
        RandomMessages random = new RandomMessages(seed);
        for (int i = 0; i < MESSAGES; i++) {
            SignedRecord record = random.record();
            agreesSigned(linnet.proto.SealedRecord.parser(), RecordCodec.encode(record));
            assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
            PeerRecord inner = random.peerRecord();
            agreesSigned(linnet.proto.PeerRecord.parser(), inner.raw());
            assertThat(RecordCodec.decodePeerRecord(inner.raw())).isEqualTo(inner);
        }
    }

    private static void agreesSigned(Parser<? extends Message> parser, Bytes raw) {
        agrees(linnet.proto.Signed.parser(), raw);
        agrees(parser, SignedBody.decode(raw).body());
    }

    /** The official parser knows every field of ours, and writes what it has read with the same bytes. */
    private static void agrees(Parser<? extends Message> parser, Bytes bytes) {
        try {
            Message message = parser.parseFrom(bytes.toArray());
            assertThat(message.getUnknownFields().asMap()).isEmpty();
            assertThat(Bytes.wrap(message.toByteArray())).isEqualTo(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(bytes.hex(), e);
        }
    }
}
