package linnet.core.wire;

import linnet.core.crypto.Signed;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import org.jspecify.annotations.Nullable;

/** Frames of the link and the payloads of its handshake: {@code link.proto}. */
public final class LinkCodec {
    /** Longest payload of a handshake message in bytes: ours takes 160, the rest is for fields to come. */
    public static final int HELLO_BYTES_MAX = 4_096;

    /** Longest detail of a close in bytes of UTF-8. A sentence, not a stack trace. */
    static final int DETAIL_BYTES_MAX = 800;

    private static final int KEY_BYTES = 32;
    private static final int PROOF_BYTES = 160;

    private LinkCodec() {}

    /** Returns the bytes of a handshake payload. */
    public static Bytes encode(Hello hello) {
        Writer writer = new Writer();
        writer.uint(1, hello.versionMin()).uint(2, hello.versionMax());
        Hello.Proof proof = hello.proof();
        if (proof == null) return writer.toBytes();
        int start = writer.open(3, PROOF_BYTES);
        writer.key(1, proof.network().key())
                .bytes(2, proof.devicePublic())
                .bytes(3, proof.signature())
                .uint64(4, proof.incarnation())
                .uint(5, proof.features())
                .close(start, PROOF_BYTES);
        return writer.toBytes();
    }

    /** Reads a handshake payload. */
    public static Hello decodeHello(Bytes bytes) {
        if (bytes.length() > HELLO_BYTES_MAX)
            throw new ProtocolViolation(Failure.Code.TOO_LARGE, "hello of " + bytes.length() + " B");
        int min = 0;
        int max = 0;
        Hello.@Nullable Proof proof = null;
        Reader reader = new Reader(bytes);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> min = reader.uint(Limits.NUMBER_MAX);
                case 2 -> max = reader.uint(Limits.NUMBER_MAX);
                case 3 -> proof = proof(reader.message(HELLO_BYTES_MAX));
                default -> reader.skip();
            }
        }
        if (min < 1 || max < min) throw new ProtocolViolation(Failure.Code.MALFORMED, "versions " + min + ".." + max);
        return new Hello(min, max, proof);
    }

    private static Hello.Proof proof(Reader reader) {
        @Nullable Key network = null;
        @Nullable Bytes devicePublic = null;
        @Nullable Bytes signature = null;
        long incarnation = 0;
        int features = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> network = reader.key();
                case 2 -> devicePublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 3 -> signature = reader.bytes(Signed.SIGNATURE_BYTES, Signed.SIGNATURE_BYTES);
                case 4 -> incarnation = reader.uint64(Limits.COUNTER_MAX);
                case 5 -> features = reader.uint(Integer.MAX_VALUE);
                default -> reader.skip();
            }
        }
        return new Hello.Proof(
                new NetworkId(Reader.required(network, "network")),
                Reader.required(devicePublic, "device key"),
                Reader.required(signature, "signature"),
                Reader.positive(incarnation, "incarnation"),
                features);
    }

    static Writer write(LinkFrame frame) {
        Writer writer = new Writer();
        if (frame instanceof LinkFrame.Ping ping) return number(writer, FrameCodec.PING, ping.number());
        if (frame instanceof LinkFrame.Pong pong) return number(writer, FrameCodec.PONG, pong.number());
        if (frame instanceof LinkFrame.Unsupported unsupported)
            return number(writer, FrameCodec.UNSUPPORTED, unsupported.field());
        if (frame instanceof LinkFrame.Close close) {
            String detail = Utf8.cut(close.why().detail(), DETAIL_BYTES_MAX);
            int start = writer.open(FrameCodec.CLOSE, detail.length());
            writer.uint(1, close.why().code().number()).text(2, detail);
            return writer.close(start, detail.length());
        }
        throw new AssertionError(frame);
    }

    static Writer write(ProbeFrame probe) {
        int size = 1 + Writer.sizeOf(probe.bytes().length()) + probe.bytes().length();
        Writer writer = new Writer(1 + Writer.sizeOf(size) + size);
        int start = writer.open(FrameCodec.PROBE, size);
        return writer.bytes(1, probe.bytes()).close(start, size);
    }

    private static Writer number(Writer writer, int kind, int number) {
        int start = writer.open(kind, 1);
        return writer.uint(1, number).close(start, 1);
    }

    static int number(Reader reader) {
        int number = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) number = reader.uint(Integer.MAX_VALUE);
            else reader.skip();
        }
        return number;
    }

    static ProbeFrame probe(Reader reader) {
        @Nullable Bytes bytes = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) bytes = reader.bytes(1, ProbeFrame.BYTES_MAX);
            else reader.skip();
        }
        return new ProbeFrame(Reader.required(bytes, "bytes"));
    }

    static LinkFrame.Close close(Reader reader) {
        int code = 0;
        String detail = "";
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> code = reader.uint(Limits.NUMBER_MAX);
                case 2 -> detail = reader.text(0, DETAIL_BYTES_MAX);
                default -> reader.skip();
            }
        }
        return new LinkFrame.Close(new Failure(Failure.Code.of(Reader.positive(code, "code")), detail));
    }
}
