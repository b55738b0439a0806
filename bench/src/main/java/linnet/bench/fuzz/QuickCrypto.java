package linnet.bench.fuzz;

import linnet.core.crypto.Crypto;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import linnet.sim.host.FastCrypto;

/**
 * The simulator's quick primitives with seeded chance. Behind real ones a fuzzer would spend its time on curves, and would
 * never open a seal; what is fuzzed is the code around them.
 */
final class QuickCrypto implements Crypto {
    private static final long SEED = 7;

    private final Crypto primitives = new FastCrypto();
    private final Chance chance = new Chance(SEED);

    @Override
    public Bytes random(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte) chance.nextLong();
        return Bytes.wrap(bytes);
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
