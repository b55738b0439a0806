package linnet.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.CampaignRun;
import linnet.sim.invariant.Violation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Thousands of small networks with faults, judged from outside. */
@Command(
        name = "campaign",
        description = "Run one small network for each seed, with a story and faults. Exit 1 when a rule is broken.")
final class SimCampaign extends SimNetwork {
    private static final int PROGRESS_EVERY = 50;
    private static final long MILLIS_MIN = 60 * 60_000L;

    @Option(
            names = "--seeds",
            paramLabel = "<N>",
            defaultValue = "7",
            converter = SimTalk.Seeds.class,
            description = "How many: S to S+N-1, 1 to 1000000 (default ${DEFAULT-VALUE}).")
    int seeds;

    private final Map<String, Integer> runsByStory = new TreeMap<>();
    private long violations;
    private long events;
    private long shortestMillis = Long.MAX_VALUE;
    private int done;

    @Override
    protected int run() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(cores);
        long start = System.nanoTime();
        try {
            List<Future<CampaignRun.Result>> ahead = new ArrayList<>();
            for (long next = seed; next < seed + seeds || !ahead.isEmpty(); ) {
                while (next < seed + seeds && ahead.size() < 2 * cores) {
                    long mine = next++;
                    ahead.add(pool.submit(() -> CampaignRun.run(mine)));
                }
                add(ahead.remove(0).get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run of the simulator failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        double seconds = Math.max(1e-9, (System.nanoTime() - start) / 1e9);
        return Report.of("sim campaign")
                .config("seed", seed)
                .config("seeds", seeds)
                .figure("seeds", done)
                .figure("violations", violations)
                .figure("stories", runsByStory.size())
                .figure("simulated_minutes_min", violations > 0 ? 0 : shortestMillis / 60_000.0)
                .figure("events", events)
                .figure("events_per_second", Math.rint(events / seconds))
                .goal(Goal.exactly("violations", 0))
                .goal(Goal.atLeast("stories", CampaignRun.stories()).from(CampaignRun.stories(), "seeds"))
                .goal(Goal.atLeast("simulated_minutes_min", MILLIS_MIN / 60_000.0))
                .print(System.out, json);
    }

    private void add(CampaignRun.Result run) {
        done++;
        violations += run.violations().size();
        events += run.events();
        shortestMillis = Math.min(shortestMillis, run.simulatedMillis());
        runsByStory.merge(run.story(), 1, Integer::sum);
        for (Violation violation : run.violations()) say("seed " + run.seed() + " (" + run.story() + "): " + violation);
        if (!run.violations().isEmpty()) say("replay: ./linnet sim campaign --seed " + run.seed() + " --seeds 1");
        if (done % PROGRESS_EVERY == 0) say(done + " of " + seeds + " seeds, " + violations + " violations");
    }
}
