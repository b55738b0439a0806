package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Bytes and the signature over them: {@code Signed} of {@code contact.proto}.
 *
 * @param body an encoded message
 * @param signature 64 bytes
 */
record SignedBody(Bytes body, Bytes signature) {
    /** How many bytes the encoding adds at most: two tags, two lengths, the signature. */
    static final int OVERHEAD_BYTES = Signed.SIGNATURE_BYTES + 8;

    /** Signs and encodes. */
    static Bytes sign(Crypto crypto, Bytes seed, Signed.Use use, Bytes body) {
        return new SignedBody(body, Signed.sign(crypto, seed, use, body)).encode();
    }

    Bytes encode() {
        return new Writer(body.length() + OVERHEAD_BYTES)
                .bytes(1, body)
                .bytes(2, signature)
                .toBytes();
    }

    static SignedBody decode(Bytes raw) {
        @Nullable Bytes body = null;
        @Nullable Bytes signature = null;
        Reader reader = new Reader(raw);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> body = reader.bytes(1, raw.length());
                case 2 -> signature = reader.bytes(Signed.SIGNATURE_BYTES, Signed.SIGNATURE_BYTES);
                default -> reader.skip();
            }
        }
        return new SignedBody(Reader.required(body, "body"), Reader.required(signature, "signature"));
    }
}
