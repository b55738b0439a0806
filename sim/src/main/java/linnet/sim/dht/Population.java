package linnet.sim.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.wire.Whereabouts;
import linnet.sim.host.Seed;
import org.jspecify.annotations.Nullable;

/** Who lives in a simulated network: peers that join through bootstrap nodes and an inviter, stay for a while, and are replaced. */
final class Population {
    /** Machines that are always there, and whose addresses everybody is born with. */
    private static final int BOOTSTRAPS = 8;

    /** How many of them a newcomer is told. */
    private static final int BOOTSTRAPS_TOLD = 3;

    final DhtWorld world;
    private final DhtConfig config;
    private final double clients;
    private final Chance chance;
    private final @Nullable Lifetimes lifetimes;
    private final List<DhtPeer> bootstraps = new ArrayList<>();
    private Consumer<DhtPeer> onAdmitted = peer -> {};
    private BiConsumer<DhtPeer, List<Whereabouts>> starter = DhtPeer::start;
    private int bridges;
    private long departures;
    private boolean frozen;

    /**
     * @param clients share of the peers that strangers cannot reach
     * @param churn departures in an hour as a share of the peers, 0 for none
     */
    Population(DhtWorld world, DhtConfig config, double clients, double churn) {
        this.world = world;
        this.config = config;
        this.clients = clients;
        this.chance = new Seed(world.seed()).stream("population", 0);
        this.lifetimes = churn > 0 ? new Lifetimes(churn, new Seed(world.seed()).stream("lifetimes", 0)) : null;
    }

    /** Lets somebody else start them, with whom they know. */
    void startWith(BiConsumer<DhtPeer, List<Whereabouts>> start) {
        starter = start;
    }

    /** Makes the next so many newcomers bridges, which route and keep nothing. */
    void wantBridges(int count) {
        bridges = count;
    }

    /** Tells of everybody who comes, before they start. */
    void onAdmitted(Consumer<DhtPeer> listener) {
        onAdmitted = listener;
    }

    /** Lets so many peers join at random moments of that time, the bootstrap nodes at once. */
    void found(int peers, long withinMillis) {
        for (int i = 0; i < Math.min(BOOTSTRAPS, peers); i++) {
            DhtPeer peer = new DhtPeer(world.admit(true), config, world, true);
            bootstraps.add(peer);
            onAdmitted.accept(peer);
        }
        for (DhtPeer peer : bootstraps) starter.accept(peer, told(peer));
        for (int i = bootstraps.size(); i < peers; i++)
            world.after((long) (Seed.share(chance, 1) * withinMillis), () -> settle(true));
    }

    List<DhtPeer> bootstraps() {
        return bootstraps;
    }

    long departures() {
        return departures;
    }

    /** Returns somebody who is alive. */
    DhtPeer anybody() {
        return peer(world.living().get(chance.below(world.living().size())));
    }

    /** Returns somebody who is alive, awake and no attacker, or null if chance finds nobody. */
    @Nullable
    DhtPeer anybodyAwake() {
        for (int i = 0; i < 100; i++) {
            DhtHost host = world.living().get(chance.below(world.living().size()));
            if (host.peer != null && host.isUp()) return host.peer;
        }
        return null;
    }

    static DhtPeer peer(DhtHost host) {
        DhtPeer peer = host.peer;
        if (peer == null) throw new IllegalStateException("a host without a peer");
        return peer;
    }

    /** Lets a newcomer join now. */
    DhtPeer settle(boolean isFirst) {
        boolean isBridge = bridges > 0;
        if (isBridge) bridges--;
        boolean isReachable = isBridge || !chance.happens(clients);
        DhtPeer peer =
                new DhtPeer(world.admit(isReachable), isBridge ? config.withKeepsData(false) : config, world, false);
        onAdmitted.accept(peer);
        starter.accept(peer, told(peer));
        if (lifetimes != null)
            world.after(isFirst ? lifetimes.ofResident() : lifetimes.ofNewcomer(), () -> leave(peer));
        return peer;
    }

    /** Lets a newcomer join now who never leaves. */
    DhtPeer settleForEver(boolean isReachable) {
        DhtPeer peer = new DhtPeer(world.admit(isReachable), config, world, false);
        onAdmitted.accept(peer);
        starter.accept(peer, told(peer));
        return peer;
    }

    /** Nobody comes or goes from now on. */
    void freeze() {
        frozen = true;
    }

    private void leave(DhtPeer peer) {
        if (frozen || !peer.host.isThere()) return;
        departures++;
        world.remove(peer.host);
        settle(false);
    }

    /** What stands in an invitation and in the program: a few bootstrap nodes, and somebody who invited. */
    private List<Whereabouts> told(DhtPeer newcomer) {
        List<Whereabouts> told = new ArrayList<>();
        int first = chance.below(bootstraps.size());
        for (int i = 0; i < BOOTSTRAPS_TOLD; i++) {
            DhtPeer bootstrap = bootstraps.get((first + i) % bootstraps.size());
            if (bootstrap != newcomer && !told.contains(bootstrap.host.where)) told.add(bootstrap.host.where);
        }
        DhtHost inviter = world.living().get(chance.below(world.living().size()));
        if (inviter != newcomer.host && inviter.isReachable()) told.add(inviter.where);
        return told;
    }
}
