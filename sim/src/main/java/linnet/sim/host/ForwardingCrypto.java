package linnet.sim.host;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;

/** Primitives that hand every call on; who watches or changes one of them overrides that one. */
public abstract class ForwardingCrypto implements Crypto {
    private final Crypto primitives;

    /** Creates primitives that use others. */
    protected ForwardingCrypto(Crypto primitives) {
        this.primitives = primitives;
    }

    @Override
    public Bytes random(int count) {
        return primitives.random(count);
    }

    @Override
    public Bytes sha256(Bytes data) {
        return primitives.sha256(data);
    }

    @Override
    public Bytes hmac(Bytes key, Bytes data) {
        return primitives.hmac(key, data);
    }

    @Override
    public Bytes signingPublic(Bytes seed) {
        return primitives.signingPublic(seed);
    }

    @Override
    public Bytes sign(Bytes seed, Bytes message) {
        return primitives.sign(seed, message);
    }

    @Override
    public boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return primitives.verify(publicKey, message, signature);
    }

    @Override
    public Bytes agreementPublic(Bytes secret) {
        return primitives.agreementPublic(secret);
    }

    @Override
    public Bytes agree(Bytes secret, Bytes publicKey) {
        return primitives.agree(secret, publicKey);
    }

    @Override
    public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        return primitives.seal(key, nonce, associated, plain);
    }

    @Override
    public Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed) {
        return primitives.open(key, nonce, associated, sealed);
    }
}
