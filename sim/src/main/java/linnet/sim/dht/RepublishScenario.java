package linnet.sim.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import linnet.core.dht.Care;
import linnet.core.dht.DhtConfig;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.dht.Wanted;
import linnet.core.env.Chance;
import linnet.core.id.Key;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.host.Seed;

/**
 * Whether records outlive their owners and everybody who held them first, and what that costs beside the plain way, in which every holder
 * looks for the nearest each hour and gives all of them the whole record.
 */
public final class RepublishScenario {
    private static final int RECORDS = 1_000;
    private static final long JOINING_MILLIS = 5 * 60_000;
    private static final long CALM_MILLIS = 20 * 60_000;
    private static final long PUTTING_MILLIS = 20 * 60_000;
    private static final long HOUR_MILLIS = 60 * 60_000;
    private static final double CHURN = 0.5;
    private static final long LOOKUP_SPAN_MILLIS = 60_000;

    /** As good as never: the scenario republishes by itself. */
    private static final Duration NEVER = Duration.ofDays(20);

    private final DhtWorld world;
    private final Population population;
    private final Chance chance;
    private final Gauge gauge;
    private final boolean isPlain;
    private final List<Wanted> records = new ArrayList<>();
    private final Set<Key> keys = new TreeSet<>();
    private long bytes;
    private boolean counts;
    private int found;

    private RepublishScenario(long seed, int peers, boolean isPlain, Gauge gauge) {
        this.gauge = gauge;
        this.isPlain = isPlain;
        this.world = new DhtWorld(seed, LookupOptions.LOSS, false);
        DhtConfig defaults = DhtConfig.defaults();
        DhtConfig config = isPlain ? defaults.withUpkeep(defaults.checkAfter(), NEVER) : defaults;
        this.population = new Population(world, config, LookupOptions.CLIENTS, CHURN);
        this.chance = new Seed(seed).stream("republish", 0);
        population.found(peers, JOINING_MILLIS);
        world.onTraffic((question, isHandshake, sent) -> {
            if (counts && isUpkeep(question)) bytes += sent;
        });
    }

    /** Runs both ways and returns the figures by their names. */
    public static Map<String, Double> run(long seed, int peers, int hours, Gauge gauge) {
        RepublishScenario compared = new RepublishScenario(seed, peers, false, gauge);
        compared.run(hours);
        RepublishScenario plain = new RepublishScenario(seed, peers, true, gauge);
        plain.run(hours);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("survived", LookupScenario.share(compared.found, compared.records.size()));
        figures.put("bytes_vs_plain", LookupScenario.share((double) compared.bytes, (double) plain.bytes));
        figures.put("records", (double) compared.records.size());
        figures.put("survived_plain", LookupScenario.share(plain.found, plain.records.size()));
        double recordHours = (double) compared.records.size() * hours;
        figures.put("bytes_per_record_hour", LookupScenario.share((double) compared.bytes, recordHours));
        figures.put("bytes_per_record_hour_plain", LookupScenario.share((double) plain.bytes, recordHours));
        return figures;
    }

    /** Whatever moves records between holders, or looks for where they belong. */
    private boolean isUpkeep(DhtQuestion<?> question) {
        if (question instanceof DhtQuestion.Find find) return keys.contains(find.target());
        return question instanceof DhtQuestion.Compare || question instanceof DhtQuestion.Put;
    }

    private void run(int hours) {
        world.run(CALM_MILLIS);
        for (int i = 0; i < RECORDS; i++)
            world.after((long) (Seed.share(chance, 1) * PUTTING_MILLIS), this::putAndLeave);
        if (isPlain) for (DhtHost host : world.living()) plan(Population.peer(host));
        if (isPlain) population.onAdmitted(this::plan);
        world.run(CALM_MILLIS + PUTTING_MILLIS + 60_000);
        counts = true;
        for (int hour = 1; hour <= hours; hour++) {
            world.run(world.nowMillis() + HOUR_MILLIS);
            gauge.say((isPlain ? "plain, " : "") + hour + " h, " + world.events() + " events");
        }
        counts = false;
        for (Wanted wanted : records)
            world.after((long) (Seed.share(chance, 1) * LOOKUP_SPAN_MILLIS), () -> lookup(wanted));
        world.run(world.nowMillis() + 2 * LOOKUP_SPAN_MILLIS);
    }

    /** A newcomer puts a pointer as soon as it is at home, and is gone when enough have it. */
    private void putAndLeave() {
        DhtPeer owner = population.settleForEver(false);
        owner.host.after(Duration.ofSeconds(10), () -> {
            long day = RecordSeal.day(world.wallMillis());
            RecordSeal seal = owner.seal(Kind.POINTER, day);
            SignedRecord record = owner.make(Kind.POINTER, day, Kind.POINTER.lifeMillis());
            owner.dht.put(record, Purpose.NORMAL, Care.QUICK, LookupTrace.NONE, stored -> {
                if (stored.holders().isEmpty()) return;
                keys.add(seal.key());
                records.add(new Wanted(seal.key(), Kind.POINTER, given -> DhtPeer.opens(seal, given)));
                owner.host.after(Duration.ofSeconds(10), () -> world.after(0, () -> world.remove(owner.host)));
            });
        });
    }

    /** The plain way: each hour, from a moment of its own on. */
    private void plan(DhtPeer peer) {
        peer.host.after(Duration.ofMillis((long) (Seed.share(chance, 1) * HOUR_MILLIS)), () -> bringAll(peer));
    }

    private void bringAll(DhtPeer peer) {
        for (SignedRecord record : peer.dht.shelf())
            peer.dht.put(record, Purpose.BACKGROUND, Care.QUICK, LookupTrace.NONE, stored -> {});
        peer.host.after(Duration.ofMillis(HOUR_MILLIS), () -> bringAll(peer));
    }

    private void lookup(Wanted wanted) {
        population.anybody().dht.get(wanted, Purpose.WAITED, Care.QUICK, LookupTrace.NONE, fetched -> {
            if (fetched.record() != null) found++;
        });
    }
}
