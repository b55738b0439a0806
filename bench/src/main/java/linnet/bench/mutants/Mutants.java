package linnet.bench.mutants;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import linnet.app.cli.CommandFailure;
import linnet.app.cli.Verb;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.Checkout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet sim mutants}: plants each bug alone and counts the seeds until the simulator notices; without a bug it must not. */
@Command(name = "mutants", description = "Plant known bugs, each alone; the simulator has to find every one.")
public final class Mutants extends Verb {
    private static final int PLANTED_MIN = 15;

    /** Of them in the network: distances, records, limits. */
    private static final int PLANTED_IN_NETWORK_MIN = 12;

    /** Seeds of a campaign are larger, and so are fewer. */
    private static final int NETWORK_SEEDS_PER_SEED = 5;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "<S>",
            description = "The first seed; default ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--seeds",
            defaultValue = "200",
            paramLabel = "<N>",
            description = "The most seeds for each bug; default ${DEFAULT-VALUE}.")
    int seeds;

    @Option(names = "--only", paramLabel = "<name>", description = "This one alone.")
    @Nullable
    String only;

    /** What came of one bug. @param found the seed count that it took, 0 when it was missed @param how what was noticed */
    private record Hunt(Mutant mutant, int found, String how) {}

    @Override
    protected int run() throws InterruptedException, CommandFailure {
        if (seeds < 1) throw CommandFailure.usage("--seeds must be at least 1");
        List<Mutant> mutants = only == null ? Mutant.all() : List.of(Mutant.named(only));
        Path root = Checkout.root();
        List<Hunt> hunts = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Hunt>> running = new ArrayList<>();
            for (Mutant mutant : mutants) running.add(pool.submit(() -> hunt(mutant, root)));
            List<Future<@Nullable String>> control = new ArrayList<>();
            boolean hasTalk = mutants.stream().anyMatch(mutant -> !mutant.isOfNetwork());
            boolean hasNetwork = mutants.stream().anyMatch(Mutant::isOfNetwork);
            for (long s = seed; hasTalk && s < seed + seeds; s++)
                control.add(pool.submit(controlled(new MutantRun(), s)));
            for (long s = seed; hasNetwork && s < seed + networkSeeds(); s++)
                control.add(pool.submit(controlled(new NetworkMutantRun(), s)));
            for (Future<Hunt> one : running) hunts.add(told(one.get()));
            for (Future<@Nullable String> one : control) if (one.get() != null) violations.add(one.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } finally {
            pool.shutdownNow();
        }
        for (String violation : violations) say("without a bug: " + violation);
        List<Integer> found = hunts.stream()
                .map(Hunt::found)
                .filter(count -> count > 0)
                .sorted()
                .toList();
        Report report = Report.of("sim mutants")
                .config("seed", seed)
                .config("seeds", seeds)
                .figure("planted", mutants.size())
                .figure(
                        "planted_in_network",
                        mutants.stream().filter(Mutant::isOfNetwork).count())
                .figure("found", found.size())
                .figure("missed", mutants.size() - found.size())
                .figure("violations", violations.size())
                .figure("seeds_median", found.isEmpty() ? 0 : found.get(found.size() / 2));
        for (Hunt hunt : hunts) report.config(hunt.mutant.name(), hunt.found);
        if (only == null)
            report.goal(Goal.atLeast("planted", PLANTED_MIN))
                    .goal(Goal.atLeast("planted_in_network", PLANTED_IN_NETWORK_MIN));
        return report.goal(Goal.exactly("missed", 0))
                .goal(Goal.exactly("violations", 0))
                .print(System.out, wantsJson());
    }

    /** The same seeds without a bug: what breaks there would be found in every mutant, and prove nothing. */
    private static Callable<@Nullable String> controlled(LongFunction<@Nullable String> run, long ofSeed) {
        return () -> {
            String how = run.apply(ofSeed);
            return how == null ? null : "seed " + ofSeed + ": " + how;
        };
    }

    @SuppressWarnings("unchecked") // the class is known by name only on this side of its loader
    private Hunt hunt(Mutant mutant, Path root) {
        LongFunction<@Nullable String> run;
        try {
            Class<?> type = MutantLoader.of(mutant, root)
                    .loadClass((mutant.isOfNetwork() ? NetworkMutantRun.class : MutantRun.class).getName());
            run = (LongFunction<@Nullable String>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(mutant.name() + ": cannot be run", e);
        }
        int most = mutant.isOfNetwork() ? networkSeeds() : seeds;
        for (int count = 1; count <= most; count++) {
            String how = run.apply(seed + count - 1);
            if (how != null) return new Hunt(mutant, count, how);
        }
        return new Hunt(mutant, 0, "not noticed in " + most + " seeds");
    }

    private int networkSeeds() {
        return Math.max(1, seeds / NETWORK_SEEDS_PER_SEED);
    }

    private Hunt told(Hunt hunt) {
        String after = hunt.found == 0 ? "MISSED" : "found by seed " + (seed + hunt.found - 1);
        say(hunt.mutant.name() + ": " + after + ": " + hunt.how);
        return hunt;
    }
}
