package linnet.jvm;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.jvm.HostException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The format of {@code identity.key}: three lines of text.
 *
 * <pre>
 *   linnet-identity 1
 *   kdf none                                        or: kdf pbkdf2-hmac-sha256 600000 (salt, 16 bytes)
 *   secrets (128 bytes)                             or: secrets (nonce, 12 bytes, then AES-256-GCM of the 128 bytes)
 * </pre>
 *
 * <p>Bytes are hexadecimal. The 128 bytes are user seed, device seed, link secret and data key. The seal covers the first two
 * lines as associated data, so that nobody can lower the count of iterations.
 */
final class IdentityFile {
    /** What OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA256 since 2023; 0.1 to 0.5 s here. */
    private static final int ITERATIONS = 600_000;

    /** More would let a changed file keep a processor busy for minutes. */
    private static final int ITERATIONS_MAX = 10_000_000;

    private static final String MAGIC = "linnet-identity ";
    private static final int VERSION = 1;
    private static final String KDF = "pbkdf2-hmac-sha256";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int SALT_BYTES = 16;
    private static final int SECRETS_BYTES = 4 * KEY_BYTES;

    private IdentityFile() {}

    /**
     * What the file holds.
     *
     * @param identity the private keys of device and person
     * @param dataKey seals what the node keeps, 32 bytes
     */
    record Secrets(Identity identity, Bytes dataKey) {
        static Secrets create(Crypto crypto) {
            return new Secrets(Identity.create(crypto), crypto.random(KEY_BYTES));
        }

        /** Returns the secrets of 128 bytes, or throws IllegalArgumentException. */
        static Secrets of(Bytes plain) {
            if (plain.length() != SECRETS_BYTES)
                throw new IllegalArgumentException("secrets: " + plain.length() + " B");
            return new Secrets(
                    new Identity(plain.slice(0, 32), plain.slice(32, 64), plain.slice(64, 96)), plain.slice(96, 128));
        }

        /** Returns the 128 bytes. */
        Bytes plain() {
            return Bytes.concat(identity.userSeed(), identity.deviceSeed(), identity.linkSecret(), dataKey);
        }

        @Override
        public String toString() {
            return "Secrets";
        }
    }

    static String write(Secrets secrets, char @Nullable [] passphrase, Crypto crypto) {
        Bytes plain = secrets.plain();
        if (passphrase == null) return MAGIC + VERSION + "\nkdf none\nsecrets " + plain.hex() + "\n";
        Bytes salt = crypto.random(SALT_BYTES);
        String head = MAGIC + VERSION + "\nkdf " + KDF + " " + ITERATIONS + " " + salt.hex() + "\n";
        Bytes nonce = crypto.random(NONCE_BYTES);
        Bytes sealed = crypto.seal(stretch(passphrase, salt, ITERATIONS), nonce, Bytes.utf8(head), plain);
        return head + "secrets " + Bytes.concat(nonce, sealed).hex() + "\n";
    }

    static boolean needsPassphrase(String text) {
        return !lines(text).get(1).equals("kdf none");
    }

    static Secrets read(String text, char @Nullable [] passphrase, Crypto crypto) {
        List<String> lines = lines(text);
        Bytes secrets = bytes(after("secrets ", lines.get(2)));
        if (!needsPassphrase(text)) return secrets(secrets);
        if (passphrase == null)
            throw new HostException(Kind.PASSPHRASE_NEEDED, "This home is protected by a passphrase.");
        List<String> kdf = List.of(after("kdf ", lines.get(1)).split(" ", -1));
        if (kdf.size() != 3 || !kdf.get(0).equals(KDF) || secrets.length() <= NONCE_BYTES) throw damaged();
        Bytes key = stretch(passphrase, bytes(kdf.get(2)), iterations(kdf.get(1)));
        Bytes head = Bytes.utf8(lines.get(0) + "\n" + lines.get(1) + "\n");
        try {
            return secrets(crypto.open(
                    key, secrets.slice(0, NONCE_BYTES), head, secrets.slice(NONCE_BYTES, secrets.length())));
        } catch (ProtocolViolation wrong) {
            throw new HostException(Kind.PASSPHRASE_WRONG, "The passphrase does not open this home.", wrong);
        }
    }

    private static List<String> lines(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        int version = number(after(MAGIC, lines.get(0)));
        if (version > VERSION)
            throw new HostException(
                    Kind.HOME_NEWER,
                    "identity.key has version " + version + "; this program knows versions up to " + VERSION + ".");
        if (version < 1 || lines.size() != 4) throw damaged();
        return lines;
    }

    private static Secrets secrets(Bytes plain) {
        if (plain.length() != SECRETS_BYTES) throw damaged();
        return Secrets.of(plain);
    }

    private static Bytes stretch(char[] passphrase, Bytes salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt.toArray(), iterations, KEY_BYTES * 8);
        try {
            return Bytes.wrap(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has PBKDF2, this one does not", impossible);
        } finally {
            spec.clearPassword();
        }
    }

    private static String after(String prefix, String line) {
        if (!line.startsWith(prefix)) throw damaged();
        return line.substring(prefix.length());
    }

    private static int iterations(String digits) {
        int iterations = number(digits);
        if (iterations < 1 || iterations > ITERATIONS_MAX) throw damaged();
        return iterations;
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static Bytes bytes(String hex) {
        try {
            return Bytes.wrap(java.util.HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static HostException damaged() {
        return new HostException(Kind.HOME_DAMAGED, "identity.key is damaged: it is not what this program wrote.");
    }
}
