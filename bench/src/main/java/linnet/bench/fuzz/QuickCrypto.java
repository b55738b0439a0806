package linnet.bench.fuzz;

import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.ForwardingCrypto;

/**
 * The simulator's quick primitives with seeded chance. Behind real ones a fuzzer would spend its time on curves, and would
 * never open a seal; what is fuzzed is the code around them.
 */
final class QuickCrypto extends ForwardingCrypto {
    private static final long SEED = 7;

    private final Chance chance = new Chance(SEED);

    QuickCrypto() {
        super(new FastCrypto());
    }

    @Override
    public Bytes random(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte) chance.nextLong();
        return Bytes.wrap(bytes);
    }
}
