package linnet.core.crypto;

import linnet.core.id.Bytes;

/**
 * The primitives, synchronous and the same bytes on every platform. Hosts may implement single ones faster; the simulator has
 * a size-faithful fast one for large runs. What is built from them (Noise, HPKE, signatures over domains) is pure code
 * beside this interface. Lengths: Ed25519 and X25519 keys and secrets 32 bytes, signatures 64, hashes 32, AES-256-GCM
 * keys 32, nonces 12, tags 16 bytes at the end of the ciphertext.
 *
 * <p>Wrong lengths of own arguments are {@link IllegalArgumentException}; what a peer sent wrongly is
 * {@link linnet.core.env.ProtocolViolation} with {@code TAMPERED}.
 */
public interface Crypto {
    /** Returns {@code count} bytes that nobody can guess. Never from {@code Chance}. */
    Bytes random(int count);

    /** Returns SHA-256. */
    Bytes sha256(Bytes data);

    /** Returns HMAC-SHA-256. */
    Bytes hmac(Bytes key, Bytes data);

    /** Returns the Ed25519 public key of a 32-byte seed (RFC 8032). */
    Bytes signingPublic(Bytes seed);

    /** Signs with Ed25519. */
    Bytes sign(Bytes seed, Bytes message);

    /** Returns whether the signature holds. False for keys or signatures of any wrong length. */
    boolean verify(Bytes publicKey, Bytes message, Bytes signature);

    /** Returns the X25519 public key of a 32-byte secret (RFC 7748). */
    Bytes agreementPublic(Bytes secret);

    /** Returns the X25519 shared secret. Refuses points of low order, whose result is all zero. */
    Bytes agree(Bytes secret, Bytes publicKey);

    /** Seals with AES-256-GCM; the result is 16 bytes longer. */
    Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain);

    /** Opens what {@link #seal} made; a tampered input is a violation. */
    Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed);
}
