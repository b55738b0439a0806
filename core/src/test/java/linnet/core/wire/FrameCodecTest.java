package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import linnet.core.Vectors;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    private final Crypto crypto = Draws.seeded(1);
    private final RandomMessages random = new RandomMessages(1);

    private static void refused(Failure.Code code, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(code));
    }

    private Frame decode(String hex) {
        return FrameCodec.decode(crypto, Vectors.hex(hex));
    }

    @Test
    void aFrameOfAnUnknownKindSaysWhichOne() {
        assertThat(decode("9a0600")).isEqualTo(new UnknownFrame(99));
        assertThat(decode("9a060201029a0600")).isEqualTo(new UnknownFrame(99));
    }

    @Test
    void aReceiptThatOnlyANewerProgramKnowsIsAnUnknownFrame() {
        Bytes receipt = new Writer()
                .item(
                        7,
                        new Writer()
                                .key(1, new Key(1, 2, 3, 4, 5, 6, 7, 8))
                                .uint(2, 99)
                                .toBytes())
                .toBytes();
        assertThat(FrameCodec.decode(crypto, receipt)).isEqualTo(new UnknownFrame(7));
    }

    @Test
    void fieldsOfNewerProgramsAreSkipped() {
        assertThat(decode("0a0408071805" + "9a0600")).isEqualTo(new LinkFrame.Ping(7));
    }

    @Test
    void noFrameAndTwoFramesAreRefused() {
        refused(Failure.Code.MALFORMED, () -> decode(""));
        refused(Failure.Code.MALFORMED, () -> decode("980601"));
        refused(Failure.Code.MALFORMED, () -> decode("0a001200"));
    }

    @Test
    void framesAreBounded() {
        Bytes large = Bytes.wrap(new byte[Limits.FRAME_BYTES_MAX + 1]);
        refused(Failure.Code.TOO_LARGE, () -> FrameCodec.decode(crypto, large));
    }

    @Test
    void anEnvelopeIsNamedByItsSealedBytesOnly() {
        Envelope envelope = random.envelope();
        Envelope forwarded = Envelope.of(crypto, envelope.to(), 0, envelope.expiresMillis(), envelope.sealed());
        assertThat(FrameCodec.decode(crypto, FrameCodec.encode(forwarded)))
                .isInstanceOfSatisfying(
                        Envelope.class, read -> assertThat(read.id()).isEqualTo(envelope.id()));
    }

    @Test
    void hopsAboveTheLawAreRefused() {
        Bytes envelope = FrameCodec.encode(Envelope.of(crypto, random.envelope().to(), 16, 1, Bytes.utf8("x")));
        String hex = envelope.hex();
        assertThat(hex).contains("1810");
        refused(Failure.Code.MALFORMED, () -> decode(hex.replace("1810", "1811")));
    }

    @Test
    void aCloseKeepsItsCodeAndCutsALongDetail() {
        Failure why = new Failure(Failure.Code.RATE_LIMITED, "🐦".repeat(500));
        assertThat(FrameCodec.decode(crypto, FrameCodec.encode(new LinkFrame.Close(why))))
                .isEqualTo(new LinkFrame.Close(new Failure(Failure.Code.RATE_LIMITED, "🐦".repeat(200))));
    }

    @Test
    void aCloseWithACodeOfANewerProgramIsUnsupported() {
        assertThat(decode("1a0308e707")).isEqualTo(new LinkFrame.Close(new Failure(Failure.Code.UNSUPPORTED, "")));
    }

    @Test
    void aFrameThatIsNotKnownCannotBeSent() {
        assertThatThrownBy(() -> FrameCodec.encode(new UnknownFrame(99))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBatchGivesItsFramesBackInOrder() {
        Batch batch = new Batch();
        assertThat(batch.isEmpty()).isTrue();
        List<Bytes> frames = List.of(Bytes.utf8("a"), Bytes.wrap(new byte[300]), Bytes.utf8("c"));
        for (Bytes frame : frames) assertThat(batch.add(frame)).isTrue();
        assertThat(Batch.split(batch.take())).isEqualTo(frames);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void aBatchHoldsOneFrameOfTheLargestSizeAndNothingMore() {
        Batch batch = new Batch();
        Bytes largest = Bytes.wrap(new byte[Limits.FRAME_BYTES_MAX]);
        assertThat(batch.add(largest)).isTrue();
        assertThat(batch.add(Bytes.utf8("x"))).isFalse();
        Bytes plain = batch.take();
        assertThat(plain.length()).isEqualTo(Limits.BATCH_BYTES_MAX);
        assertThat(Batch.split(plain)).containsExactly(largest);
    }

    @Test
    void emptyAndCutBatchesAreRefused() {
        refused(Failure.Code.MALFORMED, () -> Batch.split(Bytes.EMPTY));
        refused(Failure.Code.MALFORMED, () -> Batch.split(Vectors.hex("00")));
        refused(Failure.Code.MALFORMED, () -> Batch.split(Vectors.hex("0361")));
        refused(Failure.Code.MALFORMED, () -> Batch.split(Vectors.hex("ffffffff7f61")));
    }
}
