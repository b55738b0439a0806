package linnet.bench.mutants;

import java.util.function.LongFunction;
import linnet.sim.invariant.Violation;
import linnet.sim.scenario.TalkOptions;
import linnet.sim.scenario.TalkRun;
import org.jspecify.annotations.Nullable;

/** One seed of {@code sim talk} in a mutant's world. Loaded there, and called from outside as a function of the JDK. */
public final class MutantRun implements LongFunction<@Nullable String> {
    /** Small, so that a bug meets many different seeds instead of one long one. */
    private static final TalkOptions SIZE = TalkOptions.defaults()
            .withPeers(8)
            .withMinutes(20)
            .withSends(150)
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
