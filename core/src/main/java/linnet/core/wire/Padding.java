package linnet.core.wire;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/**
 * Hides how long a payload is: a length in two bytes, big-endian, the payload, and zeros up to the first size that fits. There
 * is one padded form of a payload, and any other is refused.
 */
final class Padding {
    /** The sizes in bytes. Few, so that an envelope says little; the largest holds the longest text. */
    private static final int[] SIZES = {256, 1_024, 4_096, 16_384};

    private static final int LENGTH_BYTES = 2;

    /** Longest content in bytes. */
    static final int CONTENT_BYTES_MAX = 16_384 - LENGTH_BYTES;

    private Padding() {}

    static Bytes pad(Bytes content) {
        int length = content.length();
        if (length > CONTENT_BYTES_MAX) throw new IllegalArgumentException("content of " + length + " B");
        byte[] padded = new byte[sizeFor(length)];
        padded[0] = (byte) (length >>> 8);
        padded[1] = (byte) length;
        System.arraycopy(content.shared(), 0, padded, LENGTH_BYTES, length);
        return Bytes.wrap(padded);
    }

    static Bytes unpad(Bytes padded) {
        if (padded.length() < LENGTH_BYTES) throw malformed();
        int length = padded.at(0) << 8 | padded.at(1);
        if (length > CONTENT_BYTES_MAX || padded.length() != sizeFor(length)) throw malformed();
        byte[] bytes = padded.shared();
        for (int i = LENGTH_BYTES + length; i < bytes.length; i++) if (bytes[i] != 0) throw malformed();
        return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length);
    }

    private static int sizeFor(int length) {
        for (int size : SIZES) if (length + LENGTH_BYTES <= size) return size;
        throw new AssertionError(length);
    }

    private static ProtocolViolation malformed() {
        return new ProtocolViolation(Failure.Code.MALFORMED, "padding is not as it must be");
    }
}
