package linnet.sim.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;

/**
 * The primitives as one host uses them: chance comes from the seed (HMAC over a counter, which goes on through crashes), and a
 * key that seals twice under one nonce is told. Nonces of one key must grow, which Noise's counters do and one-time keys
 * do trivially, so that one number per key is all that is kept.
 */
final class SeededCrypto implements Crypto {
    /** Keys watched per host; the longest unused goes. A node has two keys per link, the others are used once. */
    private static final int KEYS_MAX = 1_024;

    private static final int BLOCK_BYTES = 32;

    private final Crypto primitives;
    private final Bytes seed;
    private final Consumer<String> onReuse;
    private final Map<Bytes, Bytes> lastNonceByKey = new LinkedHashMap<>(64, 0.75f, true);
    private int drawn;

    SeededCrypto(Crypto primitives, Bytes seed, Consumer<String> onReuse) {
        this.primitives = primitives;
        this.seed = seed;
        this.onReuse = onReuse;
    }

    @Override
    public Bytes random(int count) {
        byte[] all = new byte[count];
        for (int at = 0; at < count; at += BLOCK_BYTES) {
            int n = drawn++;
            byte[] number = {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n};
            byte[] block = primitives.hmac(seed, Bytes.wrap(number)).shared();
            System.arraycopy(block, 0, all, at, Math.min(BLOCK_BYTES, count - at));
        }
        return Bytes.wrap(all);
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
        Bytes last = lastNonceByKey.put(key, nonce);
        if (last != null && last.compareTo(nonce) >= 0) onReuse.accept("nonce " + nonce.hex() + " after " + last.hex());
        if (lastNonceByKey.size() > KEYS_MAX)
            lastNonceByKey.remove(lastNonceByKey.keySet().iterator().next());
        return primitives.seal(key, nonce, associated, plain);
    }

    @Override
    public Bytes open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed) {
        return primitives.open(key, nonce, associated, sealed);
    }
}
