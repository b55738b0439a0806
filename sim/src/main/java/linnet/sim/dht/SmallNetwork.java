package linnet.sim.dht;

import linnet.core.dht.Care;
import linnet.core.dht.DhtConfig;
import linnet.core.env.Chance;
import linnet.core.wire.SignedRecord.Kind;
import linnet.sim.host.Mix;
import linnet.sim.host.Seed;

/**
 * A network small enough for every machine that has to agree on it: people come and go, publish and look each other up while it is parted
 * for two minutes. Questions of every tenth seed travel in real sealed packets, which cost ten times as much.
 */
public final class SmallNetwork {
    private static final int PEERS = 40;
    private static final int LOOKUPS = 60;
    private static final int PACKETS_ONE_IN = 10;
    private static final long MINUTE = 60_000;
    private static final long MINUTES = 10;
    private static final double LOSS = 0.02;
    private static final double CLIENTS = 0.2;

    /** Everybody leaves twice in an hour, on average. */
    private static final double CHURN = 2;

    private static final HostPackets.Weather WEATHER = new HostPackets.Weather(0.1, 0.1, 0.01);
    private static final int DOMAIN_RESULT = 17;

    private final DhtWorld world;
    private final Population population;
    private final Chance chance;
    private final Mix found = new Mix(DOMAIN_RESULT);

    private SmallNetwork(long seed) {
        DhtWorld plain = new DhtWorld(seed, LOSS, false);
        this.world = seed % PACKETS_ONE_IN == 1 ? plain.withPackets(WEATHER) : plain;
        this.population = new Population(world, DhtConfig.defaults(), CLIENTS, CHURN);
        this.chance = new Seed(seed).stream("small network", 0);
    }

    /**
     * What happened.
     *
     * @param hash of when what happened to whom, and of what lookups found
     * @param events packets delivered and timers fired
     */
    public record Result(String hash, long events) {}

    /** Runs one seed. */
    public static Result run(long seed) {
        return new SmallNetwork(seed).run();
    }

    private Result run() {
        population.onAdmitted(DhtPeer::publishPresence);
        population.found(PEERS, MINUTE);
        world.after(5 * MINUTE, () -> world.internet.part(0.4));
        world.after(7 * MINUTE, world.internet::heal);
        for (int i = 0; i < LOOKUPS; i++)
            world.after(MINUTE + (long) (Seed.share(chance, 1) * (MINUTES - 2) * MINUTE), this::lookup);
        world.run(MINUTES * MINUTE);
        return new Result(world.hash() + Long.toHexString(found.toLong()), world.events());
    }

    private void lookup() {
        DhtPeer asker = population.anybody();
        DhtPeer owner = population.anybody();
        Care care = chance.happens(0.2) ? Care.GUARDED : Care.QUICK;
        asker.find(
                owner,
                Kind.PRESENCE,
                care,
                sequence -> found.add(world.nowMillis()).add(sequence));
    }
}
