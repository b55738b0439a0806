package linnet.core.crypto;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/**
 * Sealing to a public key: HPKE (RFC 9180), base mode, one message per context, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM. Sealed bytes are the encapsulated key (32) and then the ciphertext with its tag.
 */
public final class Hpke {
    /** How many bytes sealing adds: the encapsulated key and the tag. */
    public static final int OVERHEAD_BYTES = 48;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final Bytes VERSION = Bytes.utf8("HPKE-v1");
    private static final Bytes MODE_BASE = Bytes.wrap(new byte[] {0});

    /** "KEM", 0x0020. */
    private static final Bytes KEM_SUITE = Bytes.wrap(new byte[] {'K', 'E', 'M', 0, 0x20});

    /** "HPKE", KEM 0x0020, KDF 0x0001, AEAD 0x0002. */
    private static final Bytes SUITE = Bytes.wrap(new byte[] {'H', 'P', 'K', 'E', 0, 0x20, 0, 1, 0, 2});

    private Hpke() {}

    /** What the key schedule gives for one message. */
    record Context(Bytes key, Bytes nonce) {}

    /** Seals {@code plain} so that only the holder of the secret of {@code recipientPublic} can open it. */
    public static Bytes seal(Crypto crypto, Bytes recipientPublic, Bytes info, Bytes associated, Bytes plain) {
        Bytes ephemeralSecret = crypto.random(KEY_BYTES);
        Bytes encapsulated = crypto.agreementPublic(ephemeralSecret);
        Bytes agreed = crypto.agree(ephemeralSecret, recipientPublic);
        Context context = schedule(crypto, sharedSecret(crypto, agreed, encapsulated, recipientPublic), info);
        return Bytes.concat(encapsulated, crypto.seal(context.key, context.nonce, associated, plain));
    }

    /** Opens what {@link #seal} made; anything else is a violation, {@code TAMPERED}. */
    public static Bytes open(Crypto crypto, KeyPair recipient, Bytes info, Bytes associated, Bytes sealed) {
        if (sealed.length() < OVERHEAD_BYTES)
            throw new ProtocolViolation(Failure.Code.TAMPERED, "sealed bytes are cut: " + sealed.length() + " B");
        Bytes encapsulated = sealed.slice(0, KEY_BYTES);
        Bytes agreed = crypto.agree(recipient.secret(), encapsulated);
        Context context = schedule(crypto, sharedSecret(crypto, agreed, encapsulated, recipient.publicKey()), info);
        return crypto.open(context.key, context.nonce, associated, sealed.slice(KEY_BYTES, sealed.length()));
    }

    /** RFC 9180 section 4.1, ExtractAndExpand. */
    static Bytes sharedSecret(Crypto crypto, Bytes agreed, Bytes encapsulated, Bytes recipientPublic) {
        Bytes key = extract(crypto, KEM_SUITE, Bytes.EMPTY, "eae_prk", agreed);
        return expand(crypto, KEM_SUITE, key, "shared_secret", Bytes.concat(encapsulated, recipientPublic), KEY_BYTES);
    }

    /** RFC 9180 section 5.1, KeySchedule in base mode: no pre-shared key. */
    static Context schedule(Crypto crypto, Bytes sharedSecret, Bytes info) {
        Bytes context = Bytes.concat(
                MODE_BASE,
                extract(crypto, SUITE, Bytes.EMPTY, "psk_id_hash", Bytes.EMPTY),
                extract(crypto, SUITE, Bytes.EMPTY, "info_hash", info));
        Bytes secret = extract(crypto, SUITE, sharedSecret, "secret", Bytes.EMPTY);
        return new Context(
                expand(crypto, SUITE, secret, "key", context, KEY_BYTES),
                expand(crypto, SUITE, secret, "base_nonce", context, NONCE_BYTES));
    }

    private static Bytes extract(Crypto crypto, Bytes suite, Bytes salt, String label, Bytes input) {
        return Hkdf.extract(crypto, salt, Bytes.concat(VERSION, suite, Bytes.utf8(label), input));
    }

    private static Bytes expand(Crypto crypto, Bytes suite, Bytes key, String label, Bytes info, int length) {
        Bytes size = Bytes.wrap(new byte[] {(byte) (length >>> 8), (byte) length});
        return Hkdf.expand(crypto, key, Bytes.concat(size, VERSION, suite, Bytes.utf8(label), info), length);
    }
}
