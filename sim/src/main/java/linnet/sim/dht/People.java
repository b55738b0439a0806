package linnet.sim.dht;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Mix;

/** The keys of everybody, worked out from the seed and the host's number whenever they are needed, so that nobody has to keep them. */
final class People {
    static final Crypto CRYPTO = new FastCrypto();

    private static final int DOMAIN_SECRET = 14;
    private static final int SECRET_BYTES = 32;

    private People() {}

    static Identity identity(long seed, int number) {
        return new Identity(secret(seed, number, 0), secret(seed, number, 1), secret(seed, number, 2));
    }

    static Bytes userPublic(long seed, int number) {
        return CRYPTO.signingPublic(secret(seed, number, 0));
    }

    static Bytes devicePublic(long seed, int number) {
        return CRYPTO.signingPublic(secret(seed, number, 1));
    }

    static Bytes linkPublic(long seed, int number) {
        return CRYPTO.agreementPublic(secret(seed, number, 2));
    }

    static PeerId peer(long seed, int number) {
        return Identity.peerId(CRYPTO, devicePublic(seed, number));
    }

    private static Bytes secret(long seed, int number, int which) {
        return new Mix(DOMAIN_SECRET).add(seed).add(number).add(which).digest(SECRET_BYTES);
    }
}
