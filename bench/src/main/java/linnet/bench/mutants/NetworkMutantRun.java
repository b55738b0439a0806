package linnet.bench.mutants;

import java.util.function.LongFunction;
import linnet.sim.dht.CampaignRun;
import linnet.sim.invariant.Violation;
import org.jspecify.annotations.Nullable;

/** One seed of {@code sim campaign} in a mutant's world. Loaded there, and called from outside as a function of the JDK. */
public final class NetworkMutantRun implements LongFunction<@Nullable String> {
    /** Creates a run. */
    public NetworkMutantRun() {}

    /** Returns the rule that was broken, or null if nobody noticed. */
    @Override
    public @Nullable String apply(long seed) {
        Violation first = CampaignRun.run(seed).first();
        return first == null ? null : first.toString();
    }
}
