package linnet.app.cli;

import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.web.same.Determinism;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The same seed gives the same run everywhere. */
@Command(
        name = "determinism",
        description =
                "Run seeds twice on this Java, on a newer one and in Node, and compare the hashes of what happened.")
final class SimDeterminism extends Verb {
    /** This JDK, a newer one, and Node. */
    private static final int RUNTIMES = 3;

    /** A shorter run could agree by luck. */
    private static final int EVENTS_PER_SEED = 10_000;

    @Option(
            names = "--seed",
            paramLabel = "<S>",
            defaultValue = "0",
            converter = SimTalk.SeedNumber.class,
            description = "The first seed (default ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--seeds",
            paramLabel = "<N>",
            defaultValue = "10",
            converter = Seeds.class,
            description = "How many: S to S+N-1, 1 to 100000 (default ${DEFAULT-VALUE}).")
    int seeds;

    @Override
    protected int run() throws Exception {
        Determinism.Result result = Determinism.run(seed, seeds, this::say);
        result.mismatches().forEach(this::say);
        result.missing().forEach(this::say);
        return Report.of("sim determinism")
                .config("seed", seed)
                .config("seeds", seeds)
                .config("peers", Determinism.size().peers())
                .config("sends", Determinism.size().sends())
                .config("minutes", Determinism.size().minutes())
                .config("machines", String.join(", ", result.machines()))
                .figure("seeds", seeds)
                .figure("runtimes", result.machines().size())
                .figure("mismatches", result.mismatches().size())
                .figure("events_per_seed", result.eventsPerSeedMin())
                .goal(Goal.exactly("mismatches", 0))
                .goal(Goal.atLeast("runtimes", RUNTIMES))
                .goal(Goal.atLeast("events_per_seed", EVENTS_PER_SEED))
                .print(System.out, json);
    }

    /** Reads a number of seeds. */
    static final class Seeds extends Whole {
        Seeds() {
            super(1, 100_000);
        }
    }
}
