package linnet.jvm.sqlite;

import linnet.core.crypto.Crypto;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.jvm.HostException;

/**
 * Seals what lies in the file: a random nonce, then AES-256-GCM under the home's data key. The place of a value is bound
 * in, so that nobody who can write to the file swaps two values unnoticed. Random nonces of 96 bits are good for 2^32
 * values under one key (NIST SP 800-38D, section 8.3): a thousand a second for fifty days, or a hundred for over a year
 * without a pause, which no person's node comes near.
 *
 * <p>Belongs to one thread, as its ciphers do.
 */
final class Seal {
    private static final int NONCE_BYTES = 12;

    private final Crypto crypto;
    private final Bytes key;

    Seal(Crypto crypto, Bytes key) {
        this.crypto = crypto;
        this.key = key;
    }

    byte[] close(String place, Bytes plain) {
        Bytes nonce = crypto.random(NONCE_BYTES);
        return Bytes.concat(nonce, crypto.seal(key, nonce, Bytes.utf8(place), plain))
                .shared();
    }

    Bytes open(String place, byte[] sealed) {
        if (sealed.length < NONCE_BYTES) throw damaged(place);
        Bytes all = Bytes.wrap(sealed);
        try {
            return crypto.open(key, all.slice(0, NONCE_BYTES), Bytes.utf8(place), all.slice(NONCE_BYTES, all.length()));
        } catch (ProtocolViolation wrong) {
            throw damaged(place);
        }
    }

    static HostException damaged(String place) {
        return new HostException(
                HostException.Kind.HOME_DAMAGED, "node.db is damaged, or belongs to another home: " + place + ".");
    }
}
