package linnet.jvm;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/**
 * The primitives of a JVM: bulk ciphers and hashes from the JDK, which has them in hardware, and curves from
 * BouncyCastle, whose are seven to nine times faster than the JDK's (docs/ARCHITECTURE.md). The bytes are the same as
 * {@link BouncyCrypto}'s.
 *
 * <p>An instance belongs to one thread: it holds ciphers that have state.
 */
public final class JdkCrypto implements Crypto {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final Crypto curves;
    private final MessageDigest sha256;
    private final Mac hmac;
    private final Cipher sealing;
    private final Cipher opening;

    /** Creates the primitives over the system's secure generator. */
    public JdkCrypto() {
        SecureRandom secure = new SecureRandom();
        curves = new BouncyCrypto(count -> {
            byte[] bytes = new byte[count];
            secure.nextBytes(bytes);
            return Bytes.wrap(bytes);
        });
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hmac = Mac.getInstance("HmacSHA256");
            sealing = Cipher.getInstance("AES/GCM/NoPadding");
            opening = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (NoSuchAlgorithmException | javax.crypto.NoSuchPaddingException missing) {
            throw new IllegalStateException("every JDK has SHA-256 and AES-GCM, this one does not", missing);
        }
    }

    @Override
    public Bytes random(int count) {
        return curves.random(count);
    }

    @Override
    public Bytes sha256(Bytes data) {
        return Bytes.wrap(sha256.digest(data.shared()));
    }

    @Override
    public Bytes hmac(Bytes key, Bytes data) {
        // The JDK refuses an empty key; one zero byte is the same key once it is padded to the block (RFC 2104).
        byte[] padded = key.length() == 0 ? new byte[1] : key.shared();
        try {
            hmac.init(new SecretKeySpec(padded, "HmacSHA256"));
            return Bytes.wrap(hmac.doFinal(data.shared()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC failed", impossible);
        }
    }

    @Override
    public Bytes signingPublic(Bytes seed) {
        return curves.signingPublic(seed);
    }

    @Override
    public Bytes sign(Bytes seed, Bytes message) {
        return curves.sign(seed, message);
    }

    @Override
    public boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return curves.verify(publicKey, message, signature);
    }

    @Override
    public Bytes agreementPublic(Bytes secret) {
        return curves.agreementPublic(secret);
    }

    @Override
    public Bytes agree(Bytes secret, Bytes publicKey) {
        return curves.agree(secret, publicKey);
    }

    /** Seals. The same key and nonce twice in a row is refused by the JDK as {@link IllegalStateException}. */
    @Override
    public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        try {
            return gcm(sealing, Cipher.ENCRYPT_MODE, key, nonce, associated, plain);
        } catch (InvalidAlgorithmParameterException reused) {
            throw new IllegalStateException("a nonce was used twice with one key", reused);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("sealing failed", impossible);
        }
    }

    @Override
    public Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed) {
        if (sealed.length() < TAG_BYTES)
            throw new ProtocolViolation(Failure.Code.TAMPERED, "sealed bytes without a tag");
        try {
            return gcm(opening, Cipher.DECRYPT_MODE, key, nonce, associated, sealed);
        } catch (AEADBadTagException wrongTag) {
            throw new ProtocolViolation(Failure.Code.TAMPERED, "seal does not hold");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("opening failed", impossible);
        }
    }

    private static Bytes gcm(Cipher cipher, int mode, Bytes key, Bytes nonce, Bytes associated, Bytes input)
            throws GeneralSecurityException {
        if (key.length() != KEY_BYTES) throw new IllegalArgumentException("key of " + key.length() + " B");
        if (nonce.length() != NONCE_BYTES) throw new IllegalArgumentException("nonce of " + nonce.length() + " B");
        cipher.init(mode, new SecretKeySpec(key.shared(), "AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce.shared()));
        cipher.updateAAD(associated.shared());
        return Bytes.wrap(cipher.doFinal(input.shared()));
    }
}
