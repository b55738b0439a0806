package linnet.sim.dht;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.dht.Care;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.host.Mix;
import linnet.sim.host.Seed;

/**
 * Whether records are found, and only true and new ones, while many peers are of one mind and want to hide them, and while some honest
 * peers lie about what they keep.
 */
public final class SybilScenario {
    private static final long JOINING_MILLIS = 5 * 60_000;
    private static final long WARM_UP_MILLIS = 20 * 60_000;
    private static final long LOOKUP_SPAN_MILLIS = 10 * 60_000;
    private static final long PATIENCE_MILLIS = 30_000;

    /** Attackers share so many bits with the key that they target: nobody honest is nearer. */
    private static final int TARGETED_BITS = 96;

    /** At least that many attackers stay for the rest of the network. */
    private static final double ELSEWHERE = 0.1;

    private static final int DOMAIN_NAME = 15;

    private final Options options;
    private final Gauge gauge;
    private final DhtWorld world;
    private final Population population;
    private final Attackers attackers;
    private final Chance chance;
    private final List<DhtPeer> victims = new ArrayList<>();
    private final Samples millis = new Samples();
    private int lookups;
    private int found;
    private int tampered;
    private int older;

    /**
     * How large an attack is.
     *
     * @param peers all of them
     * @param share of them that attack
     * @param targeted attackers that stand nearest to the key of each victim, 0 for none
     * @param lies share of the honest peers that lie about what they keep
     * @param lookups by honest peers, for honest owners
     * @param care how much lookups distrust those who answer
     */
    public record Options(long seed, int peers, double share, int targeted, double lies, int lookups, Care care) {}

    private SybilScenario(Options options, Gauge gauge) {
        this.options = options;
        this.gauge = gauge;
        this.world = new DhtWorld(options.seed(), LookupOptions.LOSS, false).withHistory();
        this.population = new Population(world, DhtConfig.defaults(), LookupOptions.CLIENTS, 0);
        this.chance = new Seed(options.seed()).stream("sybil", 0);
        this.attackers = new Attackers(world, new Seed(options.seed()).stream("attackers", 0));
    }

    /** Runs it and returns the figures by their names. */
    public static Map<String, Double> run(Options options, Gauge gauge) {
        return new SybilScenario(options, gauge).run();
    }

    private Map<String, Double> run() {
        int hostile = (int) (options.peers() * options.share());
        population.onAdmitted(peer -> {
            peer.publishPresence();
            if (chance.happens(options.lies())) {
                LyingStorer.Lie[] lies = LyingStorer.Lie.values();
                peer.host.serves(new LyingStorer(peer.dht, lies[chance.below(lies.length)]));
            }
        });
        population.found(options.peers() - hostile, JOINING_MILLIS);
        int aimed = options.targeted() > 0 ? (int) (hostile * (1 - ELSEWHERE)) / options.targeted() : 0;
        for (int i = aimed * options.targeted(); i < hostile; i++)
            world.after((long) (Seed.share(chance, 1) * JOINING_MILLIS), () -> attackers.add(attacker(name())));
        world.run(JOINING_MILLIS + 1_000);
        for (int i = 0; i < aimed; i++) surround(honest());
        say("all are there");
        world.run(WARM_UP_MILLIS);
        say("lookups begin");
        for (int i = 0; i < options.lookups(); i++)
            world.after((long) (Seed.share(chance, 1) * LOOKUP_SPAN_MILLIS), this::lookup);
        // Owners say something new now and then, so that there is something older to show.
        world.run(WARM_UP_MILLIS + LOOKUP_SPAN_MILLIS + PATIENCE_MILLIS);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("lookups", (double) lookups);
        figures.put("found", LookupScenario.share(found, lookups));
        figures.put("tampered_returned", (double) tampered);
        figures.put("older_returned", (double) older);
        figures.put("latency_p50_ms", (double) millis.percentile(0.5));
        figures.put("latency_p99_ms", (double) millis.percentile(0.99));
        figures.put("attackers", (double) attackers.count());
        figures.put("attackers_in_tables_share", inTables());
        return figures;
    }

    private void say(String what) {
        gauge.say(world.nowMillis() / 1_000 + " s: " + what + ", " + world.events() + " events");
    }

    private DhtHost attacker(PeerId name) {
        DhtHost host = world.admit(name, true);
        host.onServing(true);
        return host;
    }

    private PeerId name() {
        return new PeerId(Key.of(
                new Mix(DOMAIN_NAME).add(options.seed()).add(attackers.count()).digest(Key.BYTES)));
    }

    /** Puts attackers nearest to where the presence of a victim belongs today. */
    private void surround(DhtPeer victim) {
        victims.add(victim);
        Key key = victim.seal(Kind.PRESENCE, RecordSeal.day(world.wallMillis())).key();
        for (int i = 0; i < options.targeted(); i++) {
            Key near = key;
            for (int bit = TARGETED_BITS; bit < TARGETED_BITS + 32; bit++)
                if (chance.happens(0.5)) near = near.flipped(bit);
            attackers.add(attacker(new PeerId(near)));
        }
    }

    private DhtPeer honest() {
        while (true) {
            DhtHost host = world.living().get(chance.below(world.living().size()));
            if (host.peer != null) return host.peer;
        }
    }

    private void lookup() {
        DhtPeer asker = honest();
        DhtPeer owner = victims.isEmpty() ? honest() : victims.get(chance.below(victims.size()));
        if (asker == owner) {
            lookup();
            return;
        }
        long newest = owner.publishedSequence();
        boolean[] isOver = {false};
        long began = world.nowMillis();
        lookups++;
        asker.fetch(owner, Kind.PRESENCE, options.care(), fetched -> {
            if (isOver[0]) return;
            isOver[0] = true;
            millis.add((int) (world.nowMillis() - began));
            if (fetched.record() == null) missing(owner, newest);
            if (fetched.record() == null) return;
            if (!world.wasMade(fetched.record())) tampered++;
            else if (fetched.record().sequence() < newest) older++;
            else found++;
        });
        world.after(PATIENCE_MILLIS, () -> isOver[0] = true);
    }

    /** For people: who has the record that was not found. */
    private void missing(DhtPeer owner, long newest) {
        Key key = owner.seal(Kind.PRESENCE, RecordSeal.day(world.wallMillis())).key();
        List<DhtHost> all = new ArrayList<>(world.living());
        all.sort((one, other) ->
                key.compareDistance(one.where.peer().key(), other.where.peer().key()));
        StringBuilder text = new StringBuilder("nothing was found; it is with");
        for (int i = 0; i < Math.min(300, all.size()); i++) {
            DhtHost host = all.get(i);
            if (host.peer == null || !host.isHeard()) continue;
            for (SignedRecord record : host.peer.dht.shelf())
                if (record.key().equals(key))
                    text.append(record.sequence() >= newest ? " " : " old ")
                            .append(i)
                            .append(host.isLying() ? " (lies)" : "");
        }
        gauge.say(text.toString());
    }

    private double inTables() {
        int entries = 0;
        int hostile = 0;
        for (int i = 0; i < 200; i++) {
            int[] counts = honest().hostileEntries();
            entries += counts[0];
            hostile += counts[1];
        }
        return LookupScenario.share(hostile, entries);
    }
}
