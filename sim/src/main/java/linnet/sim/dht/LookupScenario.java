package linnet.sim.dht;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.dht.Care;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.host.Seed;
import org.jspecify.annotations.Nullable;

/**
 * How fast, and how surely, anybody finds anybody while people come and go. Random peers look up the presence of random others; whether an
 * answer is right is judged from outside, by what its owner had published before the lookup began.
 */
public final class LookupScenario {
    /** In this time everybody joins, at random moments. */
    private static final long JOINING_MILLIS = 5 * 60_000;

    /** Whoever has lived this long can be found. */
    private static final long FINDABLE_MILLIS = 60_000;

    /** A lookup that takes longer has failed. */
    private static final long PATIENCE_MILLIS = 30_000;

    /** Tables looked at for the share of entries that are gone. */
    private static final int TABLES_SAMPLED = 500;

    private final LookupOptions options;
    private final Gauge gauge;
    private final DhtWorld world;
    private final Population population;
    private final Chance chance;
    private final Acquaintances acquaintances;
    private final Samples millis = new Samples();
    private final Samples hops = new Samples();
    private final Samples messages = new Samples();
    private final Map<String, long[]> spent = new TreeMap<>();
    private int begun;
    private int succeeded;
    private int failed;
    private int local;

    private LookupScenario(LookupOptions options, Gauge gauge) {
        this.options = options;
        this.gauge = gauge;
        this.world = new DhtWorld(options.seed(), LookupOptions.LOSS, options.isLinked());
        this.population = new Population(world, config(options), LookupOptions.CLIENTS, options.churn());
        this.chance = new Seed(options.seed()).stream("lookups", 0);
        this.acquaintances = new Acquaintances(population, new Seed(options.seed()).stream("acquaintances", 0));
    }

    private static DhtConfig config(LookupOptions options) {
        DhtConfig config = DhtConfig.defaults();
        if (options.alpha() > 0) config = config.withParallel(options.alpha(), options.alpha());
        if (options.replicas() > 0) config = config.withReplicas(options.replicas());
        return options.isCached() ? config : config.withCacheEntries(0);
    }

    /** Runs it and returns the figures by their names. */
    public static Map<String, Double> run(LookupOptions options, Gauge gauge) {
        return new LookupScenario(options, gauge).run();
    }

    private Map<String, Double> run() {
        long heapBefore = gauge.heapBytes();
        population.onAdmitted(DhtPeer::publishPresence);
        population.found(options.peers(), JOINING_MILLIS);
        for (int minute = 1; minute <= options.warmUpMinutes(); minute++) {
            world.run(minute * 60_000L);
            gauge.say("warm-up minute " + minute + ": " + world.living().size() + " peers, " + serving()
                    + " of them serve, " + world.events() + " events");
        }
        long start = world.nowMillis();
        long eventsBefore = world.events();
        long bytesBefore = world.sentBytes();
        long peerMillisBefore = world.peerMillis();
        long cpu = gauge.cpuNanos();
        long real = gauge.realNanos();
        world.onTraffic(this::onSent);
        plan(start);
        if (options.isCached()) acquaintances.plan(options.minutes() * 60_000L);
        for (int minute = 1; minute <= options.minutes(); minute++) {
            world.run(start + minute * 60_000L);
            gauge.say("minute " + minute + ": " + succeeded + " found, " + failed + " failed of " + begun + ", p50 "
                    + millis.percentile(0.5) + " ms, p99 " + millis.percentile(0.99) + " ms, hops "
                    + Math.round(hops.mean() * 100) / 100.0);
        }
        cpu = gauge.cpuNanos() - cpu;
        real = gauge.realNanos() - real;
        double events = world.events() - eventsBefore;
        double minutesOfPeers = (world.peerMillis() - peerMillisBefore) / 60_000.0;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("success", share(succeeded, succeeded + failed));
        figures.put("lookups", (double) succeeded + failed);
        figures.put("hops_mean", hops.mean());
        figures.put("hops_p99", (double) hops.percentile(0.99));
        figures.put("latency_p50_ms", (double) millis.percentile(0.5));
        figures.put("latency_p99_ms", (double) millis.percentile(0.99));
        if (options.isCached()) acquaintances.report(figures);
        figures.put("messages_per_lookup", messages.mean());
        figures.put("bytes_per_peer_minute", (world.sentBytes() - bytesBefore) / minutesOfPeers);
        figures.put("departures", (double) population.departures());
        figures.put("local_share", share(local, succeeded));
        bound(figures);
        world.run(world.nowMillis() + PATIENCE_MILLIS);
        figures.put(
                "heap_kb_per_peer",
                Math.max(0, gauge.heapBytes() - heapBefore)
                        / 1024.0
                        / world.living().size());
        figures.put("events_per_second", cpu <= 0 ? 0 : Math.rint(events / (cpu / 1e9)));
        figures.put("simulated_seconds_per_second", real <= 0 ? 0 : options.minutes() * 60 / (real / 1e9));
        spent.forEach((name, sums) -> gauge.say(name + ": " + Math.round(sums[1] / minutesOfPeers) + " bytes and "
                + sums[0] / minutesOfPeers + " messages a peer and minute"));
        world.logged().forEach((name, count) -> gauge.say("logged " + name + ": " + count));
        return figures;
    }

    /** What the idle bytes are spent on. */
    private void onSent(DhtQuestion<?> question, boolean isHandshake, int bytes) {
        String name = question.getClass().getSimpleName() + (isHandshake ? " with handshake" : "");
        spent.merge(name, new long[] {1, bytes}, (all, one) -> new long[] {all[0] + 1, all[1] + one[1]});
    }

    private void plan(long start) {
        long span = Math.max(1, options.minutes() * 60_000L - PATIENCE_MILLIS);
        for (int i = 0; i < options.lookups(); i++)
            world.after(start + (long) (Seed.share(chance, 1) * span) - world.nowMillis(), this::lookup);
    }

    private void lookup() {
        DhtPeer asker = population.anybody();
        DhtPeer owner = findable(asker);
        if (owner == null) return;
        begun++;
        long sequence = owner.publishedSequence();
        long began = world.nowMillis();
        Trail trail = new Trail();
        boolean[] isOver = {false};
        world.after(PATIENCE_MILLIS, () -> {
            if (!isOver[0]) end(asker, trail, false);
            isOver[0] = true;
        });
        world.along(
                trail,
                () -> asker.find(owner, Kind.PRESENCE, Care.QUICK, found -> {
                    if (isOver[0]) return;
                    isOver[0] = true;
                    if (found < sequence || sequence == 0) tellFailure(asker, owner, found, sequence);
                    boolean isNewest = found >= sequence && sequence > 0;
                    if (isNewest) {
                        // What the asker holds itself took no question, and says nothing about the way to others.
                        if (trail.messages() == 0) local++;
                        else {
                            millis.add((int) (world.nowMillis() - began));
                            hops.add(trail.depth());
                        }
                    }
                    end(asker, trail, isNewest);
                }));
    }

    private void tellFailure(DhtPeer asker, DhtPeer owner, long found, long sequence) {
        String what =
                sequence == 0 ? "nothing was published" : found == 0 ? "nothing was found" : "an older one was found";
        gauge.say(what + ": asker lived " + asker.host.ageMillis() / 1_000 + " s, owner "
                + owner.host.ageMillis() / 1_000 + " s, " + (owner.host.isUp() ? "is up" : "has left"));
    }

    private void end(DhtPeer asker, Trail trail, boolean isFound) {
        messages.add(trail.messages());
        trail.close();
        if (isFound) succeeded++;
        else if (asker.host.isUp()) failed++;
    }

    private @Nullable DhtPeer findable(DhtPeer asker) {
        for (int i = 0; i < 100; i++) {
            DhtPeer owner = population.anybody();
            if (owner != asker && owner.host.ageMillis() >= FINDABLE_MILLIS) return owner;
        }
        return null;
    }

    private int serving() {
        int serving = 0;
        for (DhtHost host : world.living()) if (host.isServing()) serving++;
        return serving;
    }

    private void bound(Map<String, Double> figures) {
        int entries = 0;
        int gone = 0;
        for (int i = 0; i < TABLES_SAMPLED; i++) {
            int[] counts = population.anybody().tableEntries();
            entries += counts[0];
            gone += counts[1];
        }
        double stale = share(gone, entries);
        List<DhtHost> servers = new ArrayList<>();
        for (DhtHost host : world.living()) if (host.isReachable()) servers.add(host);
        int alpha = options.alpha() > 0 ? options.alpha() : DhtConfig.defaults().parallelWaited();
        Bound bound = new Bound(world.internet, servers, stale, LookupOptions.LOSS, alpha, options.seed()).count();
        figures.put("stale_share", stale);
        figures.put("bound_hops", bound.hopsMean());
        figures.put("bound_p50_ms", (double) bound.millis(0.5));
        figures.put("bound_p99_ms", (double) bound.millis(0.99));
    }

    static double share(double part, double whole) {
        return whole <= 0 ? 0 : part / whole;
    }
}
