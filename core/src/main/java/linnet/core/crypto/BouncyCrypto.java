package linnet.core.crypto;

import java.util.function.IntFunction;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The primitives by BouncyCastle's lightweight classes: the same Java on a JVM, in JavaScript and in WebAssembly. */
public final class BouncyCrypto implements Crypto {
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final IntFunction<Bytes> random;

    /**
     * Creates the primitives.
     *
     * @param random returns as many bytes as it is asked for; nobody can guess them. A host hands in its secure generator, the
     *     simulator a seeded one
     */
    public BouncyCrypto(IntFunction<Bytes> random) {
        this.random = random;
    }

    @Override
    public Bytes random(int count) {
        Bytes bytes = random.apply(count);
        if (bytes.length() != count)
            throw new IllegalStateException("asked for " + count + " B, got " + bytes.length());
        return bytes;
    }

    @Override
    public Bytes sha256(Bytes data) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(data.shared(), 0, data.length());
        byte[] hash = new byte[HASH_BYTES];
        digest.doFinal(hash, 0);
        return Bytes.wrap(hash);
    }

    @Override
    public Bytes hmac(Bytes key, Bytes data) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(key.shared()));
        mac.update(data.shared(), 0, data.length());
        byte[] tag = new byte[HASH_BYTES];
        mac.doFinal(tag, 0);
        return Bytes.wrap(tag);
    }

    @Override
    public Bytes signingPublic(Bytes seed) {
        own("seed", seed, KEY_BYTES);
        byte[] key = new byte[KEY_BYTES];
        Ed25519.generatePublicKey(seed.shared(), 0, key, 0);
        return Bytes.wrap(key);
    }

    @Override
    public Bytes sign(Bytes seed, Bytes message) {
        own("seed", seed, KEY_BYTES);
        byte[] signature = new byte[SIGNATURE_BYTES];
        Ed25519.sign(seed.shared(), 0, message.shared(), 0, message.length(), signature, 0);
        return Bytes.wrap(signature);
    }

    @Override
    public boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        if (publicKey.length() != KEY_BYTES || signature.length() != SIGNATURE_BYTES) return false;
        return Ed25519.verify(signature.shared(), 0, publicKey.shared(), 0, message.shared(), 0, message.length());
    }

    @Override
    public Bytes agreementPublic(Bytes secret) {
        own("secret", secret, KEY_BYTES);
        byte[] key = new byte[KEY_BYTES];
        X25519.generatePublicKey(secret.shared(), 0, key, 0);
        return Bytes.wrap(key);
    }

    @Override
    public Bytes agree(Bytes secret, Bytes publicKey) {
        own("secret", secret, KEY_BYTES);
        if (publicKey.length() != KEY_BYTES) throw tampered("public key of " + publicKey.length() + " B");
        byte[] shared = new byte[KEY_BYTES];
        boolean holds = X25519.calculateAgreement(secret.shared(), 0, publicKey.shared(), 0, shared, 0);
        if (!holds) throw tampered("public key of low order");
        return Bytes.wrap(shared);
    }

    @Override
    public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        try {
            return gcm(true, key, nonce, associated, plain);
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("sealing failed", impossible);
        }
    }

    @Override
    public Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed) {
        if (sealed.length() < TAG_BYTES) throw tampered("sealed bytes without a tag");
        try {
            return gcm(false, key, nonce, associated, sealed);
        } catch (InvalidCipherTextException wrongTag) {
            throw tampered("seal does not hold");
        }
    }

    private static Bytes gcm(boolean seal, Bytes key, Bytes nonce, Bytes associated, Bytes input)
            throws InvalidCipherTextException {
        own("key", key, KEY_BYTES);
        own("nonce", nonce, NONCE_BYTES);
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(seal, new AEADParameters(new KeyParameter(key.shared()), TAG_BYTES * 8, nonce.shared()));
        cipher.processAADBytes(associated.shared(), 0, associated.length());
        byte[] output = new byte[cipher.getOutputSize(input.length())];
        int done = cipher.processBytes(input.shared(), 0, input.length(), output, 0);
        done += cipher.doFinal(output, done);
        if (done != output.length) throw new IllegalStateException("cipher gave " + done + " B of " + output.length);
        return Bytes.wrap(output);
    }

    private static void own(String what, Bytes bytes, int length) {
        if (bytes.length() != length) throw new IllegalArgumentException(what + " of " + bytes.length() + " B");
    }

    private static ProtocolViolation tampered(String detail) {
        return new ProtocolViolation(Failure.Code.TAMPERED, detail);
    }
}
