package linnet.sim.scenario;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import linnet.sim.invariant.Sometimes;
import linnet.sim.invariant.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What came of one seed of {@code talk}.
 *
 * @param seed the seed
 * @param options how large it was
 * @param violations broken promises; a run ends at the first input that breaks one
 * @param reached named states that were met
 * @param sends messages that nodes accepted
 * @param restarts how often a node started again
 * @param partitions how often the network parted
 * @param simulatedMillis virtual time
 * @param events how much happened
 * @param hash of the trace, 32 hexadecimal digits
 * @param isRealCrypto whether the primitives were those that people use
 */
public record TalkRun(
        long seed,
        TalkOptions options,
        List<Violation> violations,
        Set<Sometimes> reached,
        int sends,
        int restarts,
        int partitions,
        long simulatedMillis,
        long events,
        String hash,
        boolean isRealCrypto) {
    /** Runs one seed. */
    public static TalkRun run(long seed, TalkOptions options) {
        return new Talk(seed, options, null).run();
    }

    /** Runs one seed and gives every line of its trace to {@code reader}. */
    public static TalkRun run(long seed, TalkOptions options, Consumer<String> reader) {
        return new Talk(seed, options, reader).run();
    }

    /** Returns whether nothing was broken. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** Returns the first broken promise, or null. */
    public @Nullable Violation first() {
        return violations.isEmpty() ? null : violations.get(0);
    }

    /** Returns the one command that shows this run again. */
    public String command() {
        return options.command(seed);
    }
}
