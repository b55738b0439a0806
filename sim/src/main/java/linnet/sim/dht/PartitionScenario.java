package linnet.sim.dht;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.dht.Care;
import linnet.core.dht.DhtConfig;
import linnet.core.wire.SignedRecord.Kind;

/**
 * A border cuts a network in two halves that live on alone, each with records that the other never saw; then it falls. Merged is the first
 * second after which a thousand lookups across the former border all succeed.
 */
public final class PartitionScenario {
    private static final long JOINING_MILLIS = 2 * 60_000;
    private static final long CALM_MILLIS = 15 * 60_000;
    private static final double BEHIND = 0.5;
    private static final int LOOKUPS = 1_000;

    /** Few enough at a time that the lookups themselves do not mend the network. */
    private static final int PER_SECOND = 50;

    private static final int SECONDS_MAX = 300;
    private static final long PATIENCE_MILLIS = 10_000;

    private final DhtWorld world;
    private final Population population;
    private final Gauge gauge;
    private final int[] failedBySecond = new int[SECONDS_MAX];
    private final int[] askedBySecond = new int[SECONDS_MAX];
    private int asked;
    private int found;

    private PartitionScenario(long seed, int peers, Gauge gauge) {
        this.gauge = gauge;
        this.world = new DhtWorld(seed, LookupOptions.LOSS, false);
        this.population = new Population(world, DhtConfig.defaults(), LookupOptions.CLIENTS, 0);
        population.onAdmitted(DhtPeer::publishPresence);
        population.found(peers, JOINING_MILLIS);
    }

    /** Runs it and returns the figures by their names. */
    public static Map<String, Double> run(long seed, int peers, int minutes, Gauge gauge) {
        return new PartitionScenario(seed, peers, gauge).run(minutes);
    }

    private Map<String, Double> run(int minutes) {
        world.run(CALM_MILLIS);
        world.internet.part(BEHIND);
        gauge.say("parted");
        world.run(CALM_MILLIS + minutes * 60_000L - PATIENCE_MILLIS);
        // What is found across the border while it stands: nothing, or it is none.
        for (int i = 0; i < PER_SECOND; i++) lookup(0);
        world.run(CALM_MILLIS + minutes * 60_000L);
        double foundWhileParted = LookupScenario.share(found, asked);
        found = 0;
        asked = 0;
        askedBySecond[0] = 0;
        failedBySecond[0] = 0;
        world.internet.heal();
        gauge.say("healed");
        for (int second = 0; second < SECONDS_MAX; second++)
            for (int i = 0; i < PER_SECOND; i++) {
                int at = second;
                world.after(second * 1_000L + i * 1_000L / PER_SECOND, () -> lookup(at));
            }
        world.run(world.nowMillis() + SECONDS_MAX * 1_000L + PATIENCE_MILLIS);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("merged_ms", merged() * 1_000.0);
        figures.put("records_found_share", LookupScenario.share(found, asked));
        figures.put("found_while_parted_share", foundWhileParted);
        figures.put("lookups", (double) asked);
        return figures;
    }

    /** Returns the first second from which on so many lookups all succeed; the end where there is none. */
    private int merged() {
        for (int second = 0; second < SECONDS_MAX; second++) {
            int lookups = 0;
            int failed = 0;
            for (int i = second; i < SECONDS_MAX && lookups < LOOKUPS; i++) {
                lookups += askedBySecond[i];
                failed += failedBySecond[i];
            }
            if (lookups >= LOOKUPS && failed == 0) return second;
        }
        return SECONDS_MAX;
    }

    private void lookup(int second) {
        DhtPeer asker = population.anybody();
        DhtPeer owner = population.anybody();
        boolean isAcross = world.internet.isBehind(asker.host.number, BEHIND)
                != world.internet.isBehind(owner.host.number, BEHIND);
        if (!isAcross) {
            lookup(second);
            return;
        }
        long newest = owner.publishedSequence();
        asked++;
        askedBySecond[second]++;
        failedBySecond[second]++;
        asker.find(owner, Kind.PRESENCE, Care.QUICK, sequence -> {
            if (sequence < newest) return;
            failedBySecond[second]--;
            found++;
        });
    }
}
