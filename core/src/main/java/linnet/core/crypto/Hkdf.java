package linnet.core.crypto;

import linnet.core.id.Bytes;

/** HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {
    /** Length of a pseudorandom key and of one block of output, in bytes. */
    public static final int HASH_BYTES = 32;

    /** Longest output in bytes: 255 blocks, RFC 5869 section 2.3. */
    public static final int OUTPUT_BYTES_MAX = 255 * HASH_BYTES;

    private Hkdf() {}

    /** Returns the pseudorandom key of 32 bytes. An empty salt stands for 32 zero bytes. */
    public static Bytes extract(Crypto crypto, Bytes salt, Bytes input) {
        return crypto.hmac(salt, input);
    }

    /** Returns {@code length} bytes, 0 to {@value #OUTPUT_BYTES_MAX}. */
    public static Bytes expand(Crypto crypto, Bytes key, Bytes info, int length) {
        if (length < 0 || length > OUTPUT_BYTES_MAX)
            throw new IllegalArgumentException("HKDF output of " + length + " B");
        byte[] output = new byte[length];
        Bytes block = Bytes.EMPTY;
        for (int at = 0, number = 1; at < length; at += HASH_BYTES, number++) {
            block = crypto.hmac(key, Bytes.concat(block, info, Bytes.wrap(new byte[] {(byte) number})));
            System.arraycopy(block.shared(), 0, output, at, Math.min(HASH_BYTES, length - at));
        }
        return Bytes.wrap(output);
    }
}
