package linnet.web;

import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Prints what a JVM and a browser must agree on to the last bit, so that a run that failed in a browser can be replayed
 * in a debugger.
 */
public final class SameNumbers {
    private SameNumbers() {}

    /** Prints one line per agreement. */
    public static void main(String[] args) {
        System.out.println("chance    " + chance(new Chance(42)));
        System.out.println("sha-256   " + sha256(Bytes.utf8("linnet")).hex());
        System.out.println("signature " + signature(Bytes.utf8("linnet")).hex());
    }

    private static String chance(Chance chance) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < 8; i++) numbers.append(chance.below(1_000_000)).append(' ');
        return numbers.append(chance.nextLong()).toString();
    }

    private static Bytes sha256(Bytes of) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(of.toArray(), 0, of.length());
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return Bytes.wrap(hash);
    }

    private static Bytes signature(Bytes of) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(new byte[Ed25519PrivateKeyParameters.KEY_SIZE], 0));
        signer.update(of.toArray(), 0, of.length());
        return Bytes.wrap(signer.generateSignature());
    }
}
