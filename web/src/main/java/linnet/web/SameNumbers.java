package linnet.web;

import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Hpke;
import linnet.core.crypto.Identity;
import linnet.core.crypto.NoiseXX;
import linnet.core.crypto.Signed;
import linnet.core.env.Chance;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;

/**
 * Prints what a JVM and a browser must agree on to the last bit, so that a run that failed in a browser can be replayed
 * in a debugger: chance, and every step of the cryptography from seeded randomness.
 */
public final class SameNumbers {
    private static final int SEED = 42;

    private SameNumbers() {}

    /** Prints one line per agreement. */
    public static void main(String[] args) {
        System.out.println("chance    " + chance(new Chance(SEED)));
        Chance chance = new Chance(SEED);
        Crypto crypto = new BouncyCrypto(count -> bytes(chance, count));
        Identity alice = Identity.create(crypto);
        Identity bob = Identity.create(crypto);
        Bytes words = Bytes.utf8("linnet");
        System.out.println("peer      " + Identity.peerId(crypto, crypto.signingPublic(alice.deviceSeed())));
        System.out.println("signature "
                + Signed.sign(crypto, alice.deviceSeed(), Signed.Use.PAYLOAD, words)
                        .hex());
        System.out.println("handshake " + handshake(crypto, alice, bob).hex());
        System.out.println("sealed    " + sealed(crypto, bob, words));
    }

    private static String chance(Chance chance) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < 8; i++) numbers.append(chance.below(1_000_000)).append(' ');
        return numbers.append(chance.happens(0.5))
                .append(' ')
                .append(chance.nextLong())
                .toString();
    }

    private static Bytes bytes(Chance chance, int count) {
        byte[] drawn = new byte[count];
        for (int i = 0; i < count; i++) drawn[i] = (byte) chance.nextLong();
        return Bytes.wrap(drawn);
    }

    private static Bytes handshake(Crypto crypto, Identity alice, Identity bob) {
        Bytes prologue = Bytes.utf8("same numbers");
        NoiseXX initiator = NoiseXX.initiator(crypto, alice.linkSecret(), prologue);
        NoiseXX responder = NoiseXX.responder(crypto, bob.linkSecret(), prologue);
        responder.read(initiator.write(Bytes.EMPTY));
        initiator.read(responder.write(Bytes.utf8("I am Bob")));
        responder.read(initiator.write(Bytes.utf8("I am Alice")));
        return initiator.hash();
    }

    /** Seals, opens, and tries to open with one bit changed. */
    private static String sealed(Crypto crypto, Identity to, Bytes words) {
        Bytes key = crypto.agreementPublic(to.linkSecret());
        Bytes sealed = Hpke.seal(crypto, key, Bytes.EMPTY, Bytes.EMPTY, words);
        String opened = Hpke.open(crypto, to.linkSecret(), Bytes.EMPTY, Bytes.EMPTY, sealed)
                .text();
        byte[] tampered = sealed.toArray();
        tampered[tampered.length - 1] ^= 1;
        try {
            Hpke.open(crypto, to.linkSecret(), Bytes.EMPTY, Bytes.EMPTY, Bytes.wrap(tampered));
            return "opened although tampered with";
        } catch (ProtocolViolation violation) {
            return sealed.hex() + " " + opened + " " + violation.failure().code();
        }
    }
}
