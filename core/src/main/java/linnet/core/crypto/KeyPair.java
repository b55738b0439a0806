package linnet.core.crypto;

import linnet.core.id.Bytes;

/**
 * A secret of X25519 with its public key, which costs a multiplication on the curve and so is kept with it.
 *
 * @param secret 32 bytes
 * @param publicKey 32 bytes
 */
public record KeyPair(Bytes secret, Bytes publicKey) {
    /** Returns the pair of a secret. */
    public static KeyPair of(Crypto crypto, Bytes secret) {
        return new KeyPair(secret, crypto.agreementPublic(secret));
    }

    /** Returns nothing secret. */
    @Override
    public String toString() {
        return "KeyPair " + publicKey;
    }
}
