package linnet.bench.mutants;

import java.util.function.LongFunction;
import linnet.sim.invariant.Violation;
import linnet.sim.scenario.TalkOptions;
import linnet.sim.scenario.TalkRun;
import org.jspecify.annotations.Nullable;

/** One seed of {@code sim talk} in a mutant's world. Loaded there, and called from outside as a function of the JDK. */
public final class MutantRun implements LongFunction<@Nullable String> {
    /** Few people who write a lot: then something is held, repeated or on its way at most moments at which a node dies. */
    private static final TalkOptions SIZE = TalkOptions.defaults()
            .withPeers(4)
            .withMinutes(15)
            .withSends(500)
            .withCrypto(TalkOptions.CryptoChoice.FAST);

    /** Creates a run. */
    public MutantRun() {}

    /** Returns the promise that was broken, or null if nobody noticed. */
    @Override
    public @Nullable String apply(long seed) {
        Violation first = TalkRun.run(seed, SIZE).first();
        return first == null ? null : first.toString();
    }
}
