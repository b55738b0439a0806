package linnet.app.cli;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import linnet.app.config.Nearest;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.fault.Fault;
import linnet.sim.invariant.Sometimes;
import linnet.sim.invariant.Violation;
import linnet.sim.scenario.Shrink;
import linnet.sim.scenario.TalkOptions;
import linnet.sim.scenario.TalkRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Thousands of conversations with faults, judged by a ledger outside the nodes. */
@Command(
        name = "talk",
        description =
                "People meet and talk while links break, processes die and clocks jump. Exit 1 when a promise is broken.")
final class SimTalk extends Verb {
    /** Runs that may be spent on making a failing seed smaller. */
    private static final int SHRINK_RUNS = 60;

    /** The goal about named states is about this many seeds. */
    private static final int SEEDS_FOR_ALL_STATES = 1_000;

    private static final int PROGRESS_EVERY = 50;

    @Option(
            names = "--seed",
            paramLabel = "<S>",
            defaultValue = "0",
            converter = SeedNumber.class,
            description = "The first seed (default ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--seeds",
            paramLabel = "<N>",
            defaultValue = "1",
            converter = Seeds.class,
            description = "How many: S to S+N-1, 1 to 1000000 (default ${DEFAULT-VALUE}).")
    int seeds;

    @Option(
            names = "--peers",
            paramLabel = "<n>",
            defaultValue = "30",
            converter = Peers.class,
            description = "People, 2 to 1000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            defaultValue = "30",
            converter = Minutes.class,
            description = "Simulated minutes with faults, 1 to 10000 (default ${DEFAULT-VALUE}).")
    int minutes;

    @Option(
            names = "--sends",
            paramLabel = "<n>",
            defaultValue = "300",
            converter = Sends.class,
            description = "Messages, 0 to 1000000 (default ${DEFAULT-VALUE}).")
    int sends;

    @Option(
            names = "--without",
            paramLabel = "<fault>",
            split = ",",
            converter = FaultWord.class,
            description = "Leave faults out, with commas between.")
    List<Fault> without = new ArrayList<>();

    @Option(
            names = "--crypto",
            paramLabel = "<by-seed|fast|real>",
            defaultValue = "by-seed",
            converter = CryptoWord.class,
            description = "by-seed: real for every seed that ends in 0 (default ${DEFAULT-VALUE}).")
    TalkOptions.CryptoChoice crypto = TalkOptions.CryptoChoice.BY_SEED;

    @Option(names = "--trace", paramLabel = "<file>", description = "Write the trace of one seed into a file.")
    @Nullable
    Path trace;

    private final Set<Sometimes> reached = EnumSet.noneOf(Sometimes.class);
    private long violations;
    private long sent;
    private long restarts;
    private long partitions;
    private long simulatedMillis;
    private long events;
    private int done;
    private @Nullable TalkRun firstFailing;

    @Override
    protected int run() throws Exception {
        Set<Fault> left = EnumSet.noneOf(Fault.class);
        left.addAll(without);
        TalkOptions options = new TalkOptions(peers, minutes, sends, left, crypto);
        if (trace != null && seeds != 1) throw CommandFailure.usage("--trace: takes one seed, not " + seeds);
        long start = System.nanoTime();
        if (trace != null) add(traced(options, trace));
        else all(options);
        double seconds = Math.max(1e-9, (System.nanoTime() - start) / 1e9);
        if (firstFailing != null) tellSmallest(firstFailing);
        return report(options, seconds).print(System.out, json);
    }

    private void all(TalkOptions options) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(cores);
        try {
            List<Future<TalkRun>> ahead = new ArrayList<>();
            for (long next = seed; next < seed + seeds || !ahead.isEmpty(); ) {
                while (next < seed + seeds && ahead.size() < 2 * cores) {
                    long mine = next++;
                    ahead.add(pool.submit(() -> TalkRun.run(mine, options)));
                }
                add(ahead.remove(0).get());
            }
        } catch (ExecutionException e) {
            // An exception that escaped the core is the simulator's to report; one that escaped the simulator is a bug
            // of its own.
            throw new IllegalStateException("a run of the simulator failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private TalkRun traced(TalkOptions options, Path file) throws java.io.IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file);
                PrintWriter writer = new PrintWriter(lines)) {
            return TalkRun.run(seed, options, writer::println);
        }
    }

    private void add(TalkRun run) {
        done++;
        violations += run.violations().size();
        sent += run.sends();
        restarts += run.restarts();
        partitions += run.partitions();
        simulatedMillis += run.simulatedMillis();
        events += run.events();
        reached.addAll(run.reached());
        for (Violation violation : run.violations()) say("seed " + run.seed() + ": " + violation);
        if (!run.isClean()) {
            say("replay: ./" + run.command());
            if (firstFailing == null) firstFailing = run;
        }
        if (done % PROGRESS_EVERY == 0) say(done + " of " + seeds + " seeds, " + violations + " violations");
    }

    private void tellSmallest(TalkRun failing) {
        say("looking for a smaller run that fails in the same way ...");
        TalkRun smallest = Shrink.shrink(failing, SHRINK_RUNS, this::say);
        say("smallest: ./" + smallest.command() + " --trace trace.txt");
    }

    private Report report(TalkOptions options, double seconds) {
        int named = Sometimes.values().length;
        if (reached.size() < named && seeds >= SEEDS_FOR_ALL_STATES) {
            Set<Sometimes> missing = EnumSet.allOf(Sometimes.class);
            missing.removeAll(reached);
            say("never reached: " + missing);
        }
        return Report.of("sim talk")
                .config("seed", seed)
                .config("seeds", seeds)
                .config("peers", peers)
                .config("minutes", minutes)
                .config("sends", sends)
                .config(
                        "without",
                        String.join(",", without.stream().map(Fault::word).toList()))
                .config("crypto", options.crypto().word())
                .figure("seeds", done)
                .figure("violations", violations)
                .figure("states_named", named)
                .figure("states_reached", reached.size())
                .figure("sends", sent)
                .figure("restarts", restarts)
                .figure("partitions", partitions)
                .figure("simulated_hours", simulatedMillis / 3_600_000.0)
                .figure("events_per_second", Math.rint(events / seconds))
                .goal(Goal.exactly("violations", 0))
                .goal(Goal.atLeast("states_reached", named).from(SEEDS_FOR_ALL_STATES, "seeds"));
    }

    /** Reads a seed: any long. */
    static final class SeedNumber implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no seed; allowed: any whole number of 64 bits");
            }
        }
    }

    /** Reads a number of seeds. */
    static final class Seeds extends Whole {
        Seeds() {
            super(1, 1_000_000);
        }
    }

    /** Reads a number of people. */
    static final class Peers extends Whole {
        Peers() {
            super(2, TalkOptions.PEERS_MAX);
        }
    }

    /** Reads a number of minutes. */
    static final class Minutes extends Whole {
        Minutes() {
            super(1, 10_000);
        }
    }

    /** Reads a number of messages. */
    static final class Sends extends Whole {
        Sends() {
            super(0, 1_000_000);
        }
    }

    /** Reads the word of a fault. */
    static final class FaultWord implements ITypeConverter<Fault> {
        @Override
        public Fault convert(String text) {
            List<String> words = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                if (fault.word().equals(text)) return fault;
                words.add(fault.word());
            }
            String near = Nearest.of(text, words)
                    .map(word -> "; did you mean '" + word + "'?")
                    .orElse("");
            throw new TypeConversionException(
                    "'" + text + "' is no fault; allowed: " + String.join(", ", words) + near);
        }
    }

    /** Reads which primitives to use. */
    static final class CryptoWord implements ITypeConverter<TalkOptions.CryptoChoice> {
        @Override
        public TalkOptions.CryptoChoice convert(String text) {
            for (TalkOptions.CryptoChoice choice : TalkOptions.CryptoChoice.values())
                if (choice.word().equals(text)) return choice;
            throw new TypeConversionException("'" + text + "' is not possible; allowed: by-seed, fast, real");
        }
    }
}
