package linnet.sim.fault;

import java.util.Set;
import linnet.core.env.Chance;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.host.Trace;
import linnet.sim.host.Weather;
import linnet.sim.host.World;

/**
 * Draws what goes wrong and plans it. Each kind draws from a stream of its own, so leaving one out leaves the others as they
 * were. Nothing is planned past the end.
 */
public final class Faults {
    private static final double LOSS_MAX = 0.3;
    private static final double DOUBLED_MAX = 0.5;
    private static final double HELD_MAX = 0.3;
    private static final double CHANGED = 0.002;
    private static final int CLOG_MILLIS_MAX = 5_000;
    private static final int JUMP_MINUTES_MAX = 24 * 60;
    private static final int[] HELD_MILLIS = {300, 3_000, 15_000, 40_000};
    private static final long SECOND = 1_000;

    /** On the way to another address a device is off, at most so long. */
    private static final int MOVE_MILLIS_MAX = 120_000;

    /** What a channel takes before it refuses more, as a WebSocket's usual limit. */
    private static final int HIGH_WATER_BYTES = 256 << 10;

    /** What a channel on a poor line takes. */
    private static final int LOW_WATER_BYTES = 4 << 10;

    /** Most pauses of a machine that is off for a week at a time: five outlive every prekey, three every message. */
    private static final int PAUSES_MAX = 5;

    /** As long as a start believes a clock that a device was off. */
    private static final int PAUSE_DAYS = 8;

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final long PAUSE_STEP_MILLIS = 12_000;

    private final World world;
    private final Network network;
    private final Trace trace;
    private final Seed seed;
    private final Set<Fault> without;
    private final long endMillis;
    private final Chance heldChance;
    private final int[] armed;
    private int partitions;

    /**
     * Creates the faults of a run.
     *
     * @param without kinds that are left out
     */
    public Faults(World world, Network network, Trace trace, Seed seed, Set<Fault> without, long endMillis) {
        this.world = world;
        this.network = network;
        this.trace = trace;
        this.seed = seed;
        this.without = without;
        this.endMillis = endMillis;
        this.heldChance = seed.stream("fault-held", 0);
        this.armed = new int[network.hosts().size()];
    }

    /** Plans everything. */
    public void plan() {
        Chance disks = seed.stream("fault-disk", 0);
        for (SimHost host : network.hosts()) drawDisk(host, disks);
        drawWeather(seed.stream("fault-weather", 0));
        if (allows(Fault.CLOGS)) clog(seed.stream("fault-clog", 0));
        if (allows(Fault.PARTITIONS)) planPartitions(seed.stream("fault-partition", 0));
        if (allows(Fault.CRASHES)) planCrashes(seed.stream("fault-crash", 0));
        if (network.hasPackets()) planMoves(seed.stream("fault-move", 0));
        if (allows(Fault.CLOCKS)) planJumps(seed.stream("fault-clock", 0));
    }

    /** Ends every fault; the last clocks that were days ahead come back. */
    public void calm() {
        network.heal();
        network.setWeather(Weather.CALM);
        network.setHighWater(HIGH_WATER_BYTES);
        for (SimHost host : network.hosts()) {
            armed[host.index()] = 0;
            host.setDisk(0, 5);
            if (Math.abs(host.skewMillis()) > JUMP_MINUTES_MAX * 60L * SECOND) host.jumpClock(-host.skewMillis());
            host.start();
        }
    }

    /** Returns how many partitions there were. */
    public int partitions() {
        return partitions;
    }

    /** An input of a host is finished; one that is armed crashes while its disk is busy. */
    public void onInputDone(SimHost host) {
        int index = host.index();
        if (armed[index] == 0 || !host.isWriting()) return;
        if (--armed[index] > 0) return;
        Chance chance = seed.stream("fault-armed", index << 20 | (int) ((world.nowMillis() >> 4) & 0xfffff));
        world.after(chance.below(chance.happens(0.5) ? 3 : 60), () -> crash(host, chance));
    }

    /** A host holds a message that it has acknowledged: now and then it crashes right there. */
    public void onHeld(SimHost host) {
        if (!allows(Fault.CRASHES) || !heldChance.happens(0.2)) return;
        world.after(heldChance.below(50), () -> crash(host, heldChance));
    }

    private boolean allows(Fault fault) {
        return !without.contains(fault);
    }

    private void drawDisk(SimHost host, Chance chance) {
        int kind = chance.below(10);
        int quick = chance.below(3);
        int slow = Seed.between(chance, 50, 600);
        if (!allows(Fault.DISKS) || kind < 4) host.setDisk(0, quick);
        else if (kind < 8) host.setDisk(2, 30);
        else host.setDisk(20, slow);
    }

    private void drawWeather(Chance chance) {
        if (world.nowMillis() >= endMillis) return;
        double loss = chance.happens(0.2) ? 0 : Seed.share(chance, LOSS_MAX);
        double doubled = chance.happens(0.2) ? 0 : Seed.share(chance, DOUBLED_MAX);
        double held = chance.happens(0.4) ? 0 : Seed.share(chance, HELD_MAX);
        int heldMillis = HELD_MILLIS[chance.below(HELD_MILLIS.length)];
        double changed = chance.happens(0.7) ? 0 : CHANGED;
        network.setHighWater(chance.happens(0.3) ? LOW_WATER_BYTES : HIGH_WATER_BYTES);
        network.setWeather(new Weather(
                allows(Fault.LOSS) ? loss : 0,
                allows(Fault.DUPLICATION) ? doubled : 0,
                allows(Fault.REORDERING) ? held : 0,
                heldMillis,
                allows(Fault.CORRUPTION) ? changed : 0));
        world.after(Seed.between(chance, 60, 600) * SECOND, () -> drawWeather(chance));
    }

    private void clog(Chance chance) {
        if (world.nowMillis() >= endMillis) return;
        int from = host(chance);
        int to = host(chance);
        int millis = Seed.between(chance, 100, CLOG_MILLIS_MAX);
        boolean bothWays = chance.happens(0.3);
        network.clog(from, to, millis);
        if (bothWays) network.clog(to, from, millis);
        world.after(Seed.between(chance, 1, 20) * SECOND, () -> clog(chance));
    }

    private void planPartitions(Chance chance) {
        int count = Seed.between(chance, 1, 4);
        for (int i = 0; i < count; i++) {
            int millis = Seed.between(chance, 2_000, 120_000);
            int share = Seed.between(chance, 1, 5);
            boolean isOneWay = chance.happens(0.4);
            int split = chance.below(1 << 30);
            world.after(moment(chance), () -> part(split, share, isOneWay, millis));
        }
    }

    private void part(int split, int share, boolean isOneWay, int millis) {
        partitions++;
        trace.line("network", " parts for " + millis / SECOND + " s" + (isOneWay ? ", one way" : ""));
        Chance sides = seed.stream("sides", split);
        int size = network.hosts().size();
        boolean[] isApart = new boolean[size];
        for (int i = 0; i < size; i++) isApart[i] = sides.below(10) < share;
        isApart[sides.below(size)] = true;
        for (int from = 0; from < size; from++)
            for (int to = 0; to < size; to++)
                if (isApart[from] != isApart[to] && (!isOneWay || isApart[from])) network.cut(from, to, millis);
    }

    private void planCrashes(Chance chance) {
        int size = network.hosts().size();
        int count = Seed.between(chance, 2, Math.max(4, size));
        for (int i = 0; i < count; i++) {
            SimHost host = network.hosts().get(host(chance));
            boolean isArmed = chance.happens(0.6);
            int after = Seed.between(chance, 1, 30);
            Chance own = seed.stream("fault-crash", i + 1);
            world.after(moment(chance), () -> {
                if (isArmed) armed[host.index()] = after;
                else crash(host, own);
            });
        }
    }

    private void planMoves(Chance chance) {
        int count = Seed.between(chance, 2, Math.max(4, network.hosts().size()));
        for (int i = 0; i < count; i++) {
            SimHost host = network.hosts().get(host(chance));
            int millis = Seed.between(chance, 1_000, MOVE_MILLIS_MAX);
            world.after(moment(chance), () -> {
                host.move();
                world.after(millis, host::start);
            });
        }
    }

    private void crash(SimHost host, Chance chance) {
        if (world.nowMillis() >= endMillis) return;
        int kind = chance.below(10);
        int size = Seed.between(chance, 0, 3);
        int millis = Seed.between(chance, 1, 300) << (size * 3);
        if (kind < 5) host.crash(false);
        else if (kind < 7) host.crash(true);
        else host.stop();
        world.after(Math.max(millis, 400), host::start);
    }

    private void planJumps(Chance chance) {
        int count = chance.below(network.hosts().size() + 1);
        for (int i = 0; i < count; i++) {
            SimHost host = network.hosts().get(host(chance));
            long millis = Seed.between(chance, -JUMP_MINUTES_MAX, JUMP_MINUTES_MAX) * 60L * SECOND;
            world.after(moment(chance), () -> jump(host, millis));
        }
        if (chance.happens(0.15)) planPauses(chance, network.hosts().get(host(chance)));
    }

    /**
     * A machine that is off for eight days at a time by its clock, up to forty; then the clock is set right while it runs. The first pause
     * makes the node replace its prekey and the last forget it; most often nobody else hears of either until the clock is right again.
     */
    private void planPauses(Chance chance, SimHost host) {
        long start = moment(chance) / 2;
        long stay = Seed.between(chance, 1, 300) * SECOND;
        int pauses = chance.happens(0.5) ? PAUSES_MAX : Seed.between(chance, 2, 3);
        if (chance.happens(0.6)) world.after(start, () -> isolate(host, (int) (stay + pauses * PAUSE_STEP_MILLIS)));
        for (int i = 1; i <= pauses; i++) {
            world.after(start + i * PAUSE_STEP_MILLIS, () -> pause(host));
            world.after(start + stay + (pauses + i) * PAUSE_STEP_MILLIS, () -> jump(host, -PAUSE_DAYS * DAY_MILLIS));
        }
    }

    private void pause(SimHost host) {
        if (world.nowMillis() >= endMillis) return;
        if (allows(Fault.CRASHES)) host.stop();
        jump(host, PAUSE_DAYS * DAY_MILLIS);
        world.after(PAUSE_STEP_MILLIS / 2, host::start);
    }

    /** Nobody hears of the new prekeys until the clock is right again. */
    private void isolate(SimHost host, int millis) {
        if (world.nowMillis() >= endMillis || !allows(Fault.PARTITIONS)) return;
        partitions++;
        for (SimHost other : network.hosts()) {
            network.cut(host.index(), other.index(), millis);
            network.cut(other.index(), host.index(), millis);
        }
    }

    private void jump(SimHost host, long millis) {
        if (world.nowMillis() < endMillis) host.jumpClock(millis);
    }

    private long moment(Chance chance) {
        return Seed.between(chance, 5, (int) (endMillis / SECOND) - 1) * SECOND + chance.below((int) SECOND);
    }

    private int host(Chance chance) {
        return chance.below(network.hosts().size());
    }
}
