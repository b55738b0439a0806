package linnet.sim.host;

import java.util.Arrays;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/**
 * Crypto for large runs: every length and every refusal is real, and nothing is secret. What was changed on its way is
 * refused, a wrong key opens nothing, both sides agree on the same secret; but whoever reads this file can forge all of it.
 */
public final class FastCrypto implements Crypto {
    private static final int HASH = 1;
    private static final int KEYED = 2;
    private static final int SIGNING = 3;
    private static final int SIGNATURE = 4;
    private static final int AGREEMENT = 5;
    private static final int SHARED = 6;
    private static final int STREAM = 7;
    private static final int TAG = 8;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int SIGNATURE_BYTES = 64;
    private static final int TAG_BYTES = 16;

    /** Creates the primitives; they hold no state. */
    public FastCrypto() {}

    /** Not here: chance is each host's own. */
    @Override
    public Bytes random(int count) {
        throw new IllegalStateException("chance comes from the host");
    }

    @Override
    public Bytes sha256(Bytes data) {
        return new Mix(HASH).add(data).digest(KEY_BYTES);
    }

    @Override
    public Bytes hmac(Bytes key, Bytes data) {
        return new Mix(KEYED).add(key).add(data).digest(KEY_BYTES);
    }

    @Override
    public Bytes signingPublic(Bytes seed) {
        return new Mix(SIGNING).add(sized(seed, KEY_BYTES)).digest(KEY_BYTES);
    }

    @Override
    public Bytes sign(Bytes seed, Bytes message) {
        return signature(signingPublic(seed), message);
    }

    @Override
    public boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return publicKey.length() == KEY_BYTES
                && signature.length() == SIGNATURE_BYTES
                && signature.equals(signature(publicKey, message));
    }

    @Override
    public Bytes agreementPublic(Bytes secret) {
        return new Mix(AGREEMENT).add(sized(secret, KEY_BYTES)).digest(KEY_BYTES);
    }

    @Override
    public Bytes agree(Bytes secret, Bytes publicKey) {
        if (publicKey.length() != KEY_BYTES || isZero(publicKey))
            throw new ProtocolViolation(Failure.Code.TAMPERED, "a public key of low order");
        byte[] own = agreementPublic(secret).shared();
        byte[] other = publicKey.shared();
        byte[] both = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) both[i] = (byte) (own[i] ^ other[i]);
        return new Mix(SHARED).add(Bytes.wrap(both)).digest(KEY_BYTES);
    }

    @Override
    public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        byte[] sealed = Arrays.copyOf(plain.shared(), plain.length() + TAG_BYTES);
        stream(key, nonce, sealed, plain.length());
        byte[] tag = tag(key, nonce, associated, plain).shared();
        System.arraycopy(tag, 0, sealed, plain.length(), TAG_BYTES);
        return Bytes.wrap(sealed);
    }

    @Override
    public Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed) {
        int length = sealed.length() - TAG_BYTES;
        if (length < 0) throw new ProtocolViolation(Failure.Code.TAMPERED, "shorter than its tag");
        byte[] plain = Arrays.copyOf(sealed.shared(), length);
        stream(key, nonce, plain, length);
        Bytes opened = Bytes.wrap(plain);
        if (!tag(key, nonce, associated, opened).equals(sealed.slice(length, sealed.length())))
            throw new ProtocolViolation(Failure.Code.TAMPERED, "the tag does not fit");
        return opened;
    }

    private static Bytes signature(Bytes publicKey, Bytes message) {
        return new Mix(SIGNATURE).add(publicKey).add(message).digest(SIGNATURE_BYTES);
    }

    private static Bytes tag(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        return new Mix(TAG).add(key).add(nonce).add(associated).add(plain).digest(TAG_BYTES);
    }

    /** Covers bytes, or uncovers them. */
    private static void stream(Bytes key, Bytes nonce, byte[] bytes, int length) {
        long start = new Mix(STREAM)
                .add(sized(key, KEY_BYTES))
                .add(sized(nonce, NONCE_BYTES))
                .toLong();
        int state = (int) start | 1;
        int step = (int) (start >>> 32);
        for (int i = 0; i < length; i++) {
            if ((i & 3) == 0) {
                state ^= state << 13;
                state ^= state >>> 17;
                state ^= state << 5;
                step += 0x9E3779B9;
            }
            bytes[i] ^= (byte) ((state + step) >>> ((i & 3) << 3));
        }
    }

    private static Bytes sized(Bytes bytes, int length) {
        if (bytes.length() != length) throw new IllegalArgumentException(bytes.length() + " B, needed are " + length);
        return bytes;
    }

    private static boolean isZero(Bytes bytes) {
        for (byte b : bytes.shared()) if (b != 0) return false;
        return true;
    }
}
