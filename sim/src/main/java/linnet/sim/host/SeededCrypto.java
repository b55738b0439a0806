package linnet.sim.host;

import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;

/** The primitives as one host uses them: chance comes from the seed (HMAC over a counter, which goes on through crashes), and seals are watched. */
final class SeededCrypto extends ForwardingCrypto {
    private static final int BLOCK_BYTES = 32;

    private final Bytes seed;
    private final NonceWatch nonces;
    private final Consumer<String> onReuse;
    private int drawn;

    SeededCrypto(Crypto primitives, Bytes seed, NonceWatch nonces, Consumer<String> onReuse) {
        super(primitives);
        this.seed = seed;
        this.nonces = nonces;
        this.onReuse = onReuse;
    }

    @Override
    public Bytes random(int count) {
        byte[] all = new byte[count];
        for (int at = 0; at < count; at += BLOCK_BYTES) {
            int n = drawn++;
            byte[] number = {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n};
            byte[] block = hmac(seed, Bytes.wrap(number)).shared();
            System.arraycopy(block, 0, all, at, Math.min(BLOCK_BYTES, count - at));
        }
        return Bytes.wrap(all);
    }

    @Override
    public Bytes seal(Bytes key, Bytes nonce, Bytes associated, Bytes plain) {
        String reused = nonces.onSeal(key, nonce);
        if (reused != null) onReuse.accept(reused);
        return super.seal(key, nonce, associated, plain);
    }
}
