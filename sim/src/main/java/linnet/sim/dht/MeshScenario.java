package linnet.sim.dht;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.bootstrap.BootstrapConfig;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.wire.Whereabouts;
import linnet.sim.host.Seed;

/** How soon peers have links when all of them start at once, and when all of them lost everything at once. */
public final class MeshScenario {
    private static final int BOOTSTRAPS = 8;
    private static final int SEEDS_TOLD = 3;
    private static final long STARTING_MILLIS = 10_000;
    private static final long SETTLING_MILLIS = 60_000;

    /** A network that has lived for a while before it loses everything. */
    private static final long CALM_MILLIS = 10 * 60_000;

    private static final long RECOVERY_MILLIS_MAX = 180_000;

    private final DhtWorld world;
    private final Chance chance;
    private final Gauge gauge;
    private final List<MeshPeer> bootstraps = new ArrayList<>();
    private final List<MeshPeer> peers = new ArrayList<>();

    private MeshScenario(long seed, Gauge gauge) {
        this.world = new DhtWorld(seed, LookupOptions.LOSS, false);
        this.chance = new Seed(seed).stream("mesh", 0);
        this.gauge = gauge;
    }

    /** Lets all start within ten seconds and returns the figures by their names. */
    public static Map<String, Double> join(long seed, int peers, Gauge gauge) {
        return new MeshScenario(seed, gauge).join(peers);
    }

    /** Takes every link and every way between hosts away for so long, then once more with all bootstrap nodes dead. */
    public static Map<String, Double> blackout(long seed, int peers, int minutes, Gauge gauge) {
        return new MeshScenario(seed, gauge).blackout(peers, minutes * 60_000L);
    }

    private Map<String, Double> join(int count) {
        begin(count);
        world.run(STARTING_MILLIS + SETTLING_MILLIS);
        Samples times = times();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("three_links_p95_ms", late(times, 0.95));
        figures.put("three_links_max_ms", late(times, 1));
        figures.put("largest_hub_share", largestShare());
        figures.put("links_mean", linksMean());
        return figures;
    }

    private Map<String, Double> blackout(int count, long darkMillis) {
        begin(count);
        world.run(CALM_MILLIS);
        gauge.say("calm; " + linksMean() + " links a peer");
        Samples first = lose(darkMillis);
        int peak = world.dials.peak();
        int peakOfOne = world.dials.peakOfOne();
        world.run(world.nowMillis() + CALM_MILLIS);
        for (MeshPeer bootstrap : bootstraps) world.remove(bootstrap.peer.host);
        gauge.say("the bootstrap nodes are dead");
        Samples second = lose(darkMillis);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("recovered_p99_ms", late(first, 0.99));
        figures.put("recovered_max_ms", Math.max(late(first, 1), late(second, 1)));
        figures.put("recovered_without_bootstrap_p99_ms", late(second, 0.99));
        figures.put("peak_dials_per_second", (double) Math.max(peak, world.dials.peak()));
        figures.put("peak_dials_per_node_second", (double) Math.max(peakOfOne, world.dials.peakOfOne()));
        return figures;
    }

    private void begin(int count) {
        for (int i = 0; i < BOOTSTRAPS; i++) bootstraps.add(peer(true));
        for (MeshPeer bootstrap : bootstraps) bootstrap.start();
        for (int i = BOOTSTRAPS; i < count; i++)
            world.after((long) (Seed.share(chance, 1) * STARTING_MILLIS), () -> {
                MeshPeer peer = peer(false);
                peers.add(peer);
                peer.start();
            });
    }

    private MeshPeer peer(boolean isBootstrap) {
        boolean isReachable = isBootstrap || !chance.happens(LookupOptions.CLIENTS);
        List<Whereabouts> seeds = new ArrayList<>();
        int first = chance.below(Math.max(1, bootstraps.size()));
        for (int i = 0; i < Math.min(SEEDS_TOLD, bootstraps.size()); i++)
            seeds.add(bootstraps.get((first + i) % bootstraps.size()).peer.host.where);
        DhtPeer peer = new DhtPeer(world.admit(isReachable), DhtConfig.defaults(), world, isBootstrap);
        return new MeshPeer(peer, BootstrapConfig.defaults(), seeds);
    }

    /** Returns how long each took to three links after the dark was over. */
    private Samples lose(long darkMillis) {
        world.dials.clear();
        world.internet.darken(true);
        for (MeshPeer peer : all()) peer.links.breakAll();
        world.run(world.nowMillis() + darkMillis);
        world.internet.darken(false);
        for (MeshPeer peer : peers) peer.watch();
        world.run(world.nowMillis() + RECOVERY_MILLIS_MAX);
        Samples times = times();
        gauge.say("recovered: p50 " + times.percentile(0.5) + " ms, p99 " + times.percentile(0.99) + " ms, max "
                + times.max() + " ms, " + (peers.size() - times.count()) + " not");
        return times;
    }

    private List<MeshPeer> all() {
        List<MeshPeer> all = new ArrayList<>(peers);
        for (MeshPeer bootstrap : bootstraps) if (bootstrap.peer.host.isUp()) all.add(bootstrap);
        return all;
    }

    private Samples times() {
        Samples times = new Samples();
        for (MeshPeer peer : peers) if (peer.threeMillis() >= 0) times.add((int) peer.threeMillis());
        return times;
    }

    /** A share of all peers; who never had three links took as long as anybody waited. */
    private double late(Samples times, double share) {
        int missing = peers.size() - times.count();
        if (missing > peers.size() * (1 - share)) return RECOVERY_MILLIS_MAX;
        return times.percentile(Math.min(1, share * peers.size() / times.count()));
    }

    private double largestShare() {
        long ends = 0;
        int largest = 0;
        for (MeshPeer peer : all()) {
            ends += peer.links.count();
            largest = Math.max(largest, peer.links.count());
        }
        return ends == 0 ? 1 : largest / (ends / 2.0);
    }

    private double linksMean() {
        long ends = 0;
        for (MeshPeer peer : all()) ends += peer.links.count();
        return ends / (double) all().size();
    }
}
