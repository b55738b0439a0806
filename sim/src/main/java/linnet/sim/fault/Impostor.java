package linnet.sim.fault;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;

/** Primitives that claim somebody else's public key and sign with one's own: what is made with them looks right and does not hold. */
final class Impostor implements Crypto {
    private final Crypto own;
    private final Bytes claimedPublic;

    Impostor(Crypto own, Bytes claimedPublic) {
        this.own = own;
        this.claimedPublic = claimedPublic;
    }

    @Override
    public Bytes signingPublic(Bytes seed) {
        return claimedPublic;
    }

    @Override
    public Bytes random(int count) {
        return own.random(count);
    }

    @Override
    public Bytes sha256(Bytes data) {
        return own.sha256(data);
    }

    @Override
    public Bytes hmac(Bytes key, Bytes data) {
        return own.hmac(key, data);
    }

    @Override
    public Bytes sign(Bytes seed, Bytes message) {
        return own.sign(seed, message);
    }

    @Override
    public boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return own.verify(publicKey, message, signature);
    }

    @Override
    public Bytes agreementPublic(Bytes secret) {
        return own.agreementPublic(secret);
    }

    @Override
    public Bytes agree(Bytes secret, Bytes publicKey) {
        return own.agree(secret, publicKey);
    }

    @Override
    public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        return own.seal(key, nonce, associated, plain);
    }

    @Override
    public Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed) {
        return own.open(key, nonce, associated, sealed);
    }
}
