package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import linnet.core.Vectors;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DhtCodecTest {
    private static final PeerId PEER = new PeerId(new Key(1, 2, 3, 4, 5, 6, 7, 8));

    private final Crypto crypto = Draws.seeded(1);
    private final RandomMessages random = new RandomMessages(3);

    private static void refused(Failure.Code code, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(code));
    }

    private static Whereabouts at(String... uris) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String uri : uris) endpoints.add(new Endpoint(uri));
        return Whereabouts.of(PEER, Bytes.wrap(new byte[32]), endpoints);
    }

    @Test
    void aBucketOfUsualPeersFitsIntoAnAnswer() {
        List<Whereabouts> peers = new ArrayList<>();
        for (int i = 0; i < DhtAnswer.PEERS_MAX; i++)
            peers.add(at("udp://[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535", "ws://192.0.2.100:65535/"));
        DhtAnswer.Nearest answer = new DhtAnswer.Nearest(peers);
        assertThat(DhtCodec.fitted(answer)).isSameAs(answer);
        assertThat(at("udp://192.0.2.1:7071").encodedBytes()).isEqualTo(90);
    }

    @Test
    void theFarthestAreLeftOutOfAnAnswerThatIsTooLong() {
        List<Whereabouts> peers = new ArrayList<>();
        for (int i = 0; i < DhtAnswer.PEERS_MAX; i++) peers.add(at("ws://peer-" + i + ".example/" + "x".repeat(200)));
        List<SignedRecord> records = List.of(random.record(), random.record(), random.record());
        DhtAnswer fitted = DhtCodec.fitted(new DhtAnswer.Held(records, peers));
        assertThat(DhtCodec.encode(fitted).length()).isLessThanOrEqualTo(DhtAnswer.BYTES_MAX);
        assertThat(fitted).isInstanceOfSatisfying(DhtAnswer.Held.class, held -> {
            assertThat(held.records()).isEqualTo(records);
            assertThat(held.peers()).isEqualTo(peers.subList(0, held.peers().size()));
        });
    }

    @Test
    void whereaboutsKeepTheEndpointsThatFit() {
        String huge = "ws://" + "x".repeat(Endpoint.CHARS_MAX - 5);
        assertThat(at(huge, huge, "udp://192.0.2.1:1", huge).endpoints())
                .containsExactly(new Endpoint(huge), new Endpoint("udp://192.0.2.1:1"));
        assertThat(at("a", "b", "c", "d", "e").endpoints()).hasSize(Whereabouts.ENDPOINTS_MAX);
        List<Endpoint> both = List.of(new Endpoint(huge), new Endpoint(huge));
        assertThatThrownBy(() -> new Whereabouts(PEER, Bytes.wrap(new byte[32]), both))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatOnlyANewerProgramKnowsIsToldFromWhatIsBroken() {
        assertThat((Object) DhtCodec.decodeQuestion(Vectors.hex("9a0600"))).isNull();
        assertThat(DhtCodec.decodeAnswer(Vectors.hex("9a0600"))).isNull();
        assertThat((Object) DhtCodec.decodeQuestion(Vectors.hex("0a009a0600"))).isEqualTo(new DhtQuestion.Ping());
        assertThat(FrameCodec.decode(crypto, Vectors.hex("4a0708051203" + "9a0600")))
                .isEqualTo(new DhtFrame.Asked(5, null, null));
        assertThat(FrameCodec.decode(crypto, Vectors.hex("520708051203" + "9a0600")))
                .isEqualTo(new DhtFrame.Answered(5, null));
        refused(Failure.Code.MALFORMED, () -> DhtCodec.decodeQuestion(Bytes.EMPTY));
        refused(Failure.Code.MALFORMED, () -> DhtCodec.decodeAnswer(Bytes.EMPTY));
        refused(Failure.Code.MALFORMED, () -> DhtCodec.decodeQuestion(Vectors.hex("0a000a00")));
        refused(Failure.Code.MALFORMED, () -> FrameCodec.decode(crypto, Vectors.hex("4a020805")));
    }

    @Test
    void aQuestionAboutAnUnknownKindOfRecordIsOneThatIsNotKnown() {
        Bytes get = new Writer()
                .item(3, new Writer().key(1, PEER.key()).uint(2, 99).toBytes())
                .toBytes();
        assertThat((Object) DhtCodec.decodeQuestion(get)).isNull();
    }

    @Test
    void questionsAndAnswersAreBounded() {
        refused(Failure.Code.TOO_LARGE, () -> DhtCodec.decodeQuestion(Bytes.wrap(new byte[DhtQuestion.BYTES_MAX + 1])));
        refused(Failure.Code.TOO_LARGE, () -> DhtCodec.decodeAnswer(Bytes.wrap(new byte[DhtAnswer.BYTES_MAX + 1])));
        Writer many = new Writer();
        int start = many.open(2, 1_500);
        for (int i = 0; i <= DhtAnswer.PEERS_MAX; i++)
            many.item(
                    1,
                    new Writer()
                            .key(1, PEER.key())
                            .item(2, Bytes.wrap(new byte[32]))
                            .toBytes());
        Bytes tooMany = many.close(start, 1_500).toBytes();
        refused(Failure.Code.TOO_LARGE, () -> DhtCodec.decodeAnswer(tooMany));
    }

    @Test
    void theLongestQuestionsAndAnswersAreWithinTheLaw() {
        List<DhtQuestion.Digest> digests = new ArrayList<>();
        for (int i = 0; i < DhtQuestion.Compare.DIGESTS_MAX; i++)
            digests.add(new DhtQuestion.Digest(PEER.key(), Bytes.wrap(new byte[16]), Limits.COUNTER_MAX));
        assertThat(DhtCodec.sizeOf(new DhtQuestion.Compare(digests))).isLessThanOrEqualTo(DhtQuestion.BYTES_MAX);
        assertThat(SignedRecord.BYTES_MAX + 6).isLessThanOrEqualTo(DhtQuestion.BYTES_MAX);
        assertThat(DhtAnswer.RECORDS_MAX * (SignedRecord.BYTES_MAX + 3) + 3).isLessThanOrEqualTo(DhtAnswer.BYTES_MAX);
    }
}
