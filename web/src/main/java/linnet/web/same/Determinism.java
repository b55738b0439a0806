package linnet.web.same;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import linnet.sim.scenario.TalkOptions;

/** Runs the same seeds on every machine there is, twice on this JDK, and compares the hashes of their traces. */
public final class Determinism {
    /** Seeds per process: few enough to keep every core busy to the end, enough to pay for the start. */
    private static final int SEEDS_PER_PROCESS = 5;

    private Determinism() {}

    /** Returns how large each seed is. */
    public static TalkOptions size() {
        return SeedRun.SIZE;
    }

    /**
     * What came of it.
     *
     * @param machines who ran the seeds, each name once
     * @param missing what was not there to run them, and what to install; empty when all was
     * @param eventsPerSeedMin events of the shortest run
     * @param mismatches a line for each seed on which the machines do not agree
     */
    public record Result(List<String> machines, List<String> missing, long eventsPerSeedMin, List<String> mismatches) {
        /** Copies the lists. */
        public Result {
            machines = List.copyOf(machines);
            missing = List.copyOf(missing);
            mismatches = List.copyOf(mismatches);
        }
    }

    /**
     * Runs seeds {@code first} to {@code first + count - 1}.
     *
     * @param progress hears a line now and then
     */
    public static Result run(long first, int count, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("linnet-determinism");
        try {
            List<String> missing = new ArrayList<>();
            List<Machine> machines = machines(folder, missing);
            return compared(machines, missing, hashes(machines, first, count, progress), first);
        } finally {
            delete(folder);
        }
    }

    private static List<Machine> machines(Path folder, List<String> missing) throws InterruptedException {
        List<Machine> machines = new ArrayList<>();
        // Node first: it is the slowest, and nothing is left to do beside its last seeds otherwise.
        Node.installed()
                .ifPresentOrElse(node -> machines.add(Machine.of(node, folder)), () -> missing.add(Node.ADVICE));
        Machine own = Machine.of(Jdk.current());
        machines.add(own);
        machines.add(own);
        Jdk.newer().ifPresentOrElse(jdk -> machines.add(Machine.of(jdk)), () -> missing.add(Jdk.ADVICE));
        return machines;
    }

    /** Returns the hashes of every machine, in the order of the machines. */
    private static List<List<SeedHash>> hashes(List<Machine> machines, long first, int count, Consumer<String> progress)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<List<Future<List<SeedHash>>>> parts = new ArrayList<>();
            for (Machine machine : machines) {
                List<Future<List<SeedHash>>> own = new ArrayList<>();
                for (int done = 0; done < count; done += SEEDS_PER_PROCESS) {
                    long from = first + done;
                    int seeds = Math.min(SEEDS_PER_PROCESS, count - done);
                    own.add(pool.submit(() -> {
                        List<SeedHash> hashes = machine.run(from, seeds);
                        progress.accept(machine.name() + ": seeds " + from + " to " + (from + seeds - 1));
                        return hashes;
                    }));
                }
                parts.add(own);
            }
            List<List<SeedHash>> all = new ArrayList<>();
            for (List<Future<List<SeedHash>>> own : parts) {
                List<SeedHash> hashes = new ArrayList<>();
                for (Future<List<SeedHash>> part : own) hashes.addAll(part.get());
                all.add(hashes);
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) throw failed;
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static Result compared(
            List<Machine> machines, List<String> missing, List<List<SeedHash>> hashes, long first) {
        List<String> mismatches = new ArrayList<>();
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < hashes.get(0).size(); i++) {
            Map<String, SeedHash> byName = new LinkedHashMap<>();
            boolean agree = true;
            for (int m = 0; m < machines.size(); m++) {
                SeedHash hash = hashes.get(m).get(i);
                agree &= hash.equals(hashes.get(0).get(i));
                byName.put((m + 1) + ". " + machines.get(m).name(), hash);
                shortest = Math.min(shortest, hash.events());
            }
            if (!agree) mismatches.add("seed " + (first + i) + ": " + byName);
        }
        List<String> names = machines.stream().map(Machine::name).distinct().toList();
        return new Result(names, missing, shortest, mismatches);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
