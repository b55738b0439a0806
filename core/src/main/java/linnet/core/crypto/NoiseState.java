package linnet.core.crypto;

import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What every Noise handshake keeps: the hash of all that was said and the key that follows from it (Noise revision 34, section 5.2, the
 * symmetric state), for 25519, AESGCM and SHA256.
 */
final class NoiseState {
    static final int KEY_BYTES = 32;

    private final Crypto crypto;
    private Bytes hash;
    private Bytes chainingKey;
    private @Nullable NoiseCipher cipher;

    /**
     * Starts.
     *
     * @param protocol name of the handshake, at most 32 bytes
     * @param prologue what both sides must agree on beforehand
     */
    NoiseState(Crypto crypto, Bytes protocol, Bytes prologue) {
        byte[] name = new byte[KEY_BYTES];
        System.arraycopy(protocol.shared(), 0, name, 0, protocol.length());
        this.crypto = crypto;
        this.chainingKey = Bytes.wrap(name);
        this.hash = crypto.sha256(Bytes.concat(chainingKey, prologue));
    }

    private NoiseState(NoiseState other) {
        this.crypto = other.crypto;
        this.hash = other.hash;
        this.chainingKey = other.chainingKey;
        this.cipher = other.cipher;
    }

    /** Returns the state as it is now. Only between messages: a cipher that counts is shared. */
    NoiseState copy() {
        return new NoiseState(this);
    }

    /** Returns the hash of all that was said so far. */
    Bytes hash() {
        return hash;
    }

    void mixHash(Bytes data) {
        hash = crypto.sha256(Bytes.concat(hash, data));
    }

    void mixKey(Bytes input) {
        Keys keys = derive(input);
        chainingKey = keys.first;
        cipher = new NoiseCipher(crypto, keys.second);
    }

    /** Seals under the key so far; in clear before there is one. */
    Bytes sealAndHash(Bytes plain) {
        Bytes sealed = cipher == null ? plain : cipher.seal(hash, plain);
        mixHash(sealed);
        return sealed;
    }

    Bytes openAndHash(Bytes sealed) {
        Bytes plain = cipher == null ? sealed : cipher.open(hash, sealed);
        mixHash(sealed);
        return plain;
    }

    /** Returns the keys of both directions, the initiator's first. The handshake is over. */
    Keys split() {
        cipher = null;
        return derive(Bytes.EMPTY);
    }

    private Keys derive(Bytes input) {
        Bytes both = Hkdf.expand(crypto, Hkdf.extract(crypto, chainingKey, input), Bytes.EMPTY, 2 * KEY_BYTES);
        return new Keys(both.slice(0, KEY_BYTES), both.slice(KEY_BYTES, 2 * KEY_BYTES));
    }

    /** Two keys out of one. */
    record Keys(Bytes first, Bytes second) {
        /** Returns nothing secret. */
        @Override
        public String toString() {
            return "Keys";
        }
    }
}
