package linnet.sim.scenario;

import java.util.function.Consumer;
import linnet.sim.fault.Fault;
import linnet.sim.invariant.Violation;

/**
 * Makes a failing run smaller: fewer kinds of fault, fewer people, fewer messages, less time. A smaller run counts when it
 * breaks the same rule; each step keeps the smallest that was found.
 */
public final class Shrink {
    private final long seed;
    private final String rule;
    private final Consumer<String> progress;
    private TalkRun smallest;
    private int runsLeft;

    private Shrink(TalkRun failing, Violation first, int runs, Consumer<String> progress) {
        this.seed = failing.seed();
        this.rule = first.rule();
        this.smallest = failing;
        this.runsLeft = runs;
        this.progress = progress;
    }

    /**
     * Returns the smallest failing run that was found.
     *
     * @param failing a run with a violation
     * @param runs how many runs may be tried
     * @param progress hears of each smaller one
     */
    public static TalkRun shrink(TalkRun failing, int runs, Consumer<String> progress) {
        Violation first = failing.first();
        if (first == null) throw new IllegalArgumentException("seed " + failing.seed() + " broke nothing");
        Shrink shrink = new Shrink(failing, first, runs, progress);
        boolean isSmaller = true;
        while (isSmaller && shrink.runsLeft > 0) isSmaller = shrink.pass();
        return shrink.smallest;
    }

    private boolean pass() {
        boolean isSmaller = false;
        for (Fault fault : Fault.values())
            if (!options().without().contains(fault))
                isSmaller |= fails(options().without(fault));
        isSmaller |= shrinkPeers();
        isSmaller |= shrinkSends();
        isSmaller |= shrinkMinutes();
        return isSmaller;
    }

    private boolean shrinkPeers() {
        boolean isSmaller = false;
        for (int step = options().peers() / 2; step > 0; step /= 2)
            while (options().peers() - step >= 2
                    && fails(options().withPeers(options().peers() - step))) isSmaller = true;
        return isSmaller;
    }

    private boolean shrinkSends() {
        boolean isSmaller = false;
        for (int step = options().sends() / 2; step > 0; step /= 2)
            while (options().sends() - step >= 0
                    && fails(options().withSends(options().sends() - step))) isSmaller = true;
        return isSmaller;
    }

    private boolean shrinkMinutes() {
        boolean isSmaller = false;
        for (int step = options().minutes() / 2; step > 0; step /= 2)
            while (options().minutes() - step >= 1
                    && fails(options().withMinutes(options().minutes() - step))) isSmaller = true;
        return isSmaller;
    }

    private boolean fails(TalkOptions smaller) {
        if (runsLeft == 0) return false;
        runsLeft--;
        TalkRun run = TalkRun.run(seed, smaller);
        Violation first = run.first();
        if (first == null || !first.rule().equals(rule)) return false;
        smallest = run;
        progress.accept(run.command() + " · " + first);
        return true;
    }

    private TalkOptions options() {
        return smallest.options();
    }
}
