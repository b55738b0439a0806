package linnet.sim.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linnet.core.bootstrap.BootstrapConfig;
import linnet.core.dht.Care;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.dht.CampaignOptions.Story;
import linnet.sim.host.Mix;
import linnet.sim.host.Seed;
import linnet.sim.invariant.Violation;
import org.jspecify.annotations.Nullable;

/** One seed of a campaign: a story with faults around it, then ten minutes of peace, judged by rules from outside. */
public final class CampaignRun {
    private static final long JOINING_MILLIS = 60_000;
    private static final long TROUBLE_MILLIS = 50 * 60_000;
    private static final long PEACE_MILLIS = 15 * 60_000;

    /** So long after a blackout everybody who lived through it has a link. */
    private static final long RECOVERY_MILLIS = 120_000;

    private static final long CHECK_MILLIS = 60_000;
    private static final long PATIENCE_MILLIS = 40_000;
    private static final int LOOKUPS_IN_TROUBLE = 60;
    private static final int LOOKUPS_IN_PEACE = 40;

    /** Of the lookups after peace so many may fail. */
    private static final int FAILED_MAX = 1;

    private static final int DIALS_PER_SECOND_MAX = 5;

    /** A crowd behind one address is such a share of all peers, and may have such a share of the places in full buckets. */
    private static final double CROWD = 0.4;

    private static final double CROWD_IN_FULL_BUCKETS_MAX = 0.265;

    /** Among fewer peers a far bucket has no more honest ones to choose from than places, and takes the crowd's as well. */
    private static final int CROWD_PEERS_MIN = 60;

    /** Of the honest peers such a share lies about what it keeps, while others attack. */
    private static final double LIARS = 0.2;

    private static final int DOMAIN_NAME = 16;

    /** Pointers are republished more often than in real networks, so that an hour shows it. */
    private static final DhtConfig CONFIG =
            DhtConfig.defaults().withUpkeep(DhtConfig.defaults().checkAfter(), Duration.ofMinutes(10));

    private final CampaignOptions options;
    private final DhtWorld world;
    private final Population population;
    private final NetworkRules rules;
    private final Chance chance;
    private final Attackers attackers;
    private final List<DhtPeer> owners = new ArrayList<>();
    private final List<MeshPeer> mesh = new ArrayList<>();
    private int open;
    private int peaceful;
    private int failed;

    private CampaignRun(CampaignOptions options) {
        this.options = options;
        DhtWorld plain = new DhtWorld(options.seed(), options.loss(), false).withHistory();
        this.world = options.isReal() ? plain.withPackets(options.weather()) : plain;
        this.population = new Population(world, CONFIG, options.clients(), options.churn());
        this.rules = new NetworkRules(world);
        this.chance = new Seed(options.seed()).stream("campaign run", 0);
        this.attackers = new Attackers(world, new Seed(options.seed()).stream("attackers", 0));
    }

    /**
     * What came of one seed.
     *
     * @param story what happened
     * @param violations broken rules, none in a good network
     * @param simulatedMillis virtual time
     * @param events how much happened
     * @param hash of when what happened to whom
     */
    public record Result(
            long seed, String story, List<Violation> violations, long simulatedMillis, long events, String hash) {
        /** Copies the list. */
        public Result {
            violations = List.copyOf(violations);
        }

        /** Returns the first broken rule, or null. */
        public @Nullable Violation first() {
            return violations.isEmpty() ? null : violations.get(0);
        }
    }

    /** Returns how many stories take turns. */
    public static int stories() {
        return Story.values().length;
    }

    /** Runs one seed. */
    public static Result run(long seed) {
        CampaignRun run = new CampaignRun(CampaignOptions.of(seed));
        try {
            run.run();
        } catch (RuntimeException e) {
            run.rules.broken("escape", String.valueOf(e));
        }
        return new Result(
                seed,
                run.options.story().name(),
                run.rules.violations(),
                run.world.nowMillis(),
                run.world.events(),
                run.world.hash());
    }

    private void run() {
        population.wantBridges(options.bridges());
        population.onAdmitted(peer -> {
            if (!peer.keepsData()) return;
            peer.publishPresence();
            owners.add(peer);
            if (options.story() == Story.REPUBLISH) peer.publishPointer();
            if (options.story() == Story.SYBIL && chance.happens(LIARS)) {
                LyingStorer.Lie[] lies = LyingStorer.Lie.values();
                peer.host.serves(new LyingStorer(peer.dht, lies[chance.below(lies.length)]));
            }
        });
        if (options.story() == Story.JOIN || options.story() == Story.BLACKOUT)
            population.startWith((peer, known) -> {
                MeshPeer one = new MeshPeer(peer, BootstrapConfig.defaults(), known);
                mesh.add(one);
                one.start();
            });
        Mischief mischief = new Mischief(world, population, rules, new Seed(options.seed()).stream("mischief", 0));
        population.found(options.peers(), options.story() == Story.JOIN ? JOINING_MILLIS / 6 : JOINING_MILLIS);
        for (int i = 0; i < LOOKUPS_IN_TROUBLE; i++)
            world.after(JOINING_MILLIS + (long) (Seed.share(chance, 1) * TROUBLE_MILLIS), () -> lookup(false));
        mischief.begin();
        world.after(2 * JOINING_MILLIS, this::trouble);
        runFor(JOINING_MILLIS + TROUBLE_MILLIS);
        peace();
    }

    private void runFor(long millis) {
        long end = world.nowMillis() + millis;
        while (world.nowMillis() < end && rules.violations().isEmpty()) {
            world.run(Math.min(end, world.nowMillis() + CHECK_MILLIS));
            rules.checkShelves();
        }
        if (world.dials.peakOfOne() > DIALS_PER_SECOND_MAX)
            rules.broken("storm", "a peer dialled " + world.dials.peakOfOne() + " times in a second");
    }

    private void trouble() {
        switch (options.story()) {
            case BLACKOUT -> blackout();
            case PARTITION -> {
                world.internet.part(0.2 + Seed.share(chance, 0.6));
                for (MeshPeer one : mesh) one.links.breakAcross();
                world.after(between(10, 30), world.internet::heal);
            }
            case SYBIL -> {
                int crowd = (int) (options.peers() * CROWD);
                for (int i = 0; i < crowd; i++) attackers.add(attacker(i));
            }
            case SUSPEND -> suspend();
            case REPUBLISH -> {
                for (DhtPeer owner : owners)
                    if (!owner.isBootstrap() && chance.happens(0.2))
                        world.after(between(1, 40), () -> {
                            if (owner.host.isUp()) world.remove(owner.host);
                        });
            }
            case LOOKUP, JOIN -> {}
        }
    }

    private long between(int minMinutes, int maxMinutes) {
        return Seed.between(chance, minMinutes, maxMinutes) * 60_000L;
    }

    private void blackout() {
        world.dials.clear();
        world.internet.darken(true);
        for (MeshPeer one : mesh) one.links.breakAll();
        world.after(60_000, () -> {
            world.internet.darken(false);
            for (MeshPeer one : mesh) one.watch();
        });
        world.after(60_000 + RECOVERY_MILLIS, () -> {
            int alone = 0;
            for (MeshPeer one : mesh) {
                DhtHost host = one.peer.host;
                if (host.isUp() && host.ageMillis() >= RECOVERY_MILLIS && one.links.count() == 0) alone++;
            }
            if (alone > 0) rules.broken("recovers", alone + " peers have no link two minutes after a blackout");
            rules.checkSpread(world.dials);
        });
    }

    private void suspend() {
        for (DhtPeer peer : new ArrayList<>(owners)) {
            if (peer.isBootstrap() || !chance.happens(0.2)) continue;
            world.sleep(peer.host, true);
            world.after(between(10, 45), () -> {
                if (world.host(peer.host.number) == peer.host) world.sleep(peer.host, false);
            });
        }
    }

    private DhtHost attacker(int index) {
        PeerId name = new PeerId(
                Key.of(new Mix(DOMAIN_NAME).add(options.seed()).add(index).digest(Key.BYTES)));
        DhtHost host = world.admitInCrowd(name);
        host.onServing(true);
        return host;
    }

    /** Nobody comes or goes, and all that was broken is whole. */
    private void peace() {
        if (!rules.violations().isEmpty()) return;
        population.freeze();
        attackers.stop();
        world.internet.calm();
        runFor(PEACE_MILLIS);
        if (!rules.violations().isEmpty()) return;
        boolean isAttacked = options.story() == Story.SYBIL;
        rules.checkPlaces(owners, isAttacked ? NetworkRules.HOLDERS_MIN_ATTACKED : NetworkRules.HOLDERS_MIN);
        if (options.story() == Story.REPUBLISH) rules.checkOrphans(owners);
        double crowdMax = options.peers() < CROWD_PEERS_MIN ? CROWD : CROWD_IN_FULL_BUCKETS_MAX;
        rules.checkTables(isAttacked ? crowdMax : 0);
        for (int i = 0; i < LOOKUPS_IN_PEACE; i++)
            world.after((long) (Seed.share(chance, 1) * CHECK_MILLIS), () -> lookup(true));
        runFor(CHECK_MILLIS + PATIENCE_MILLIS);
        if (failed > FAILED_MAX)
            rules.broken("converges", failed + " of " + peaceful + " lookups did not find the newest record in peace");
        if (open > 0) rules.broken("ends", open + " lookups have not ended");
    }

    private void lookup(boolean isPeace) {
        DhtPeer asker = population.anybodyAwake();
        DhtPeer owner = owners.get(chance.below(owners.size()));
        if (asker == null || owner == asker) return;
        if (isPeace && (!owner.host.isUp() || owner.publishedSequence() == 0)) return;
        long newest = owner.publishedSequence();
        Care care = options.story() == Story.SYBIL ? Care.GUARDED : Care.QUICK;
        if (isPeace) {
            open++;
            peaceful++;
            failed++;
        }
        long began = world.nowMillis();
        boolean[] isOver = {false};
        asker.host.after(Duration.ofMillis(PATIENCE_MILLIS), () -> {
            if (!isOver[0] && !isPeace) rules.broken("ends", "a lookup has not ended after " + PATIENCE_MILLIS + " ms");
        });
        asker.fetch(owner, Kind.PRESENCE, care, fetched -> {
            if (isOver[0]) rules.broken("ends", "a lookup ended twice");
            isOver[0] = true;
            if (isPeace) open--;
            if (fetched.record() == null) return;
            if (!world.wasMade(fetched.record())) rules.broken("forged", "a lookup returned what nobody made");
            if (!isPeace) return;
            if (fetched.record().sequence() >= newest) failed--;
            if (world.nowMillis() - began > PATIENCE_MILLIS) rules.broken("ends", "a lookup took too long");
        });
    }
}
