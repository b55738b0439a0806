package linnet.sim.dht;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.sim.host.ForwardingCrypto;
import linnet.sim.host.Mix;

/** The primitives as one host uses them: chance comes from the seed and a counter. */
final class HostCrypto extends ForwardingCrypto {
    private static final int DOMAIN_RANDOM = 13;

    private final long seed;
    private final int number;
    private int drawn;

    HostCrypto(Crypto primitives, long seed, int number) {
        super(primitives);
        this.seed = seed;
        this.number = number;
    }

    @Override
    public Bytes random(int count) {
        return new Mix(DOMAIN_RANDOM).add(seed).add(number).add(drawn++).digest(count);
    }
}
