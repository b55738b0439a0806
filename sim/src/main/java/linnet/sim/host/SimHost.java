package linnet.sim.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.env.Chance;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Log;
import linnet.core.env.Result;
import linnet.core.env.Store;
import linnet.core.env.Timer;
import linnet.core.env.Transport;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.node.Tap;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One simulated host: a clock, a disk, chance, and the program that runs on it. It lives from start to crash or stop; what was
 * planned in one life never reaches the next.
 */
public final class SimHost implements Env, Transport, Tap {
    /** Where every clock starts: autumn 2026. */
    private static final long WALL_MILLIS = 1_795_000_000_000L;

    /** How long a stopped node may use to say good-bye before its process ends. */
    private static final int STOP_MILLIS = 300;

    /** What a start may add to a device's age for the time that it was off (docs/decisions/0062). */
    private static final long PAUSE_MILLIS_MAX = 8L * 24 * 60 * 60 * 1000;

    private final World world;
    private final Network network;
    private final Trace trace;
    private final Watch watch;
    private final Seed seed;
    private final int index;
    private final String name;
    private final Crypto crypto;
    private final Program.Maker maker;
    private final Disk disk;
    private final Chance envelopeChance;
    private final Map<String, Chance> chances = new LinkedHashMap<>();
    private @Nullable Packets packets;
    private @Nullable Program program;
    private int moves;
    private boolean packetsBlocked;
    private boolean powered = true;
    private boolean dying;
    private int life;
    private long skewMillis;
    private long latestWallMillis;
    private long pausedMillis;
    private long startWallMillis;

    /** Creates a host that is off. */
    public SimHost(
            Network network, Watch watch, Seed seed, int index, String name, Crypto primitives, Program.Maker maker) {
        this.network = network;
        this.world = network.world();
        this.trace = network.trace();
        this.watch = watch;
        this.seed = seed;
        this.index = index;
        this.name = name;
        this.crypto = new SeededCrypto(primitives, seed.secret(index), network.nonces(), why -> broken("nonce", why));
        this.maker = maker;
        this.disk = new Disk(this, world, trace, seed.stream("disk", index));
        this.envelopeChance = seed.stream("envelopes", index);
        network.join(this);
    }

    /** Returns the number of this host, from 0. */
    public int index() {
        return index;
    }

    /** Returns how the trace calls this host. */
    public String name() {
        return name;
    }

    /** Returns where this host can be dialled. */
    public Endpoint endpoint() {
        return Network.endpoint(place());
    }

    /** Returns where this host can be dialled, and be sent packets if the network has any. */
    public List<Endpoint> endpoints() {
        return network.hasPackets() ? List.of(endpoint(), Packets.endpoint(place())) : List.of(endpoint());
    }

    /** Takes the host to another address; its program ends. Nobody answers at the old one. */
    public void move() {
        crash(false);
        moves++;
        happening(Happening.MOVED);
        trace.line(name, " moves to " + endpoint());
    }

    /** Says that no packet of this host gets through, in or out, as behind many firewalls; nobody tells the program. */
    public void blockPackets() {
        packetsBlocked = true;
    }

    boolean isBlocked() {
        return packetsBlocked;
    }

    /** Returns where it is: its number, and more for each move. */
    int place() {
        return index + moves * Network.PLACES;
    }

    /** A packet is there. */
    void hear(Endpoint from, Bytes packet) {
        Program running = program;
        if (running != null && isUp()) input(life, () -> running.onPacket(from, packet));
    }

    /** Returns the primitives with this host's own chance. */
    public Crypto crypto() {
        return crypto;
    }

    /** Returns a number that changes whenever the program starts or ends. */
    public int life() {
        return life;
    }

    /** Returns whether the program runs. */
    public boolean isUp() {
        return program != null && !dying;
    }

    /** Returns whether something is put and not yet durable. */
    public boolean isWriting() {
        return disk.isBusy();
    }

    /** Returns whether {@code needle} is in some durable value. */
    public boolean holdsDurably(Bytes needle) {
        return disk.holds(needle);
    }

    /** Returns how many rows a table of the store has. */
    public int rows(String table) {
        return disk.rows(table);
    }

    /** Lets one end of a channel read nothing more: what comes waits with the other end. */
    public void deafen(Channel channel) {
        if (channel instanceof SimChannel own) own.deafen();
    }

    /** Says how long the disk takes from now on. */
    public void setDisk(int millisMin, int millisMax) {
        disk.setDelay(millisMin, millisMax);
    }

    /** Sets the wall clock forward or back. */
    public void jumpClock(long millis) {
        latestWallMillis = latestWallMillis();
        skewMillis += millis;
        happening(millis < 0 ? Happening.CLOCK_BACK : Happening.CLOCK_AHEAD);
        if (trace.isRead()) trace.line(name, " clock jumps " + millis / 1000 + " s");
    }

    /** Returns how long the device can have lived by now: the time itself, and what clocks say of the pauses between starts. */
    public long livedMillis() {
        return world.nowMillis() + pausedMillis;
    }

    /** Returns the latest time that the wall clock has ever shown. */
    public long latestWallMillis() {
        return Math.max(latestWallMillis, wallMillis());
    }

    /** Returns how far this host's wall clock is from the others'. */
    public long skewMillis() {
        return skewMillis;
    }

    /** Switches the host on over what its disk holds; one that is stopping has no more time for it. */
    public void start() {
        if (dying) end(false);
        if (program != null) return;
        powered = true;
        if (life > 0) {
            happening(Happening.RESTARTED);
            pausedMillis += Math.max(0, Math.min(PAUSE_MILLIS_MAX, wallMillis() - startWallMillis));
        }
        startWallMillis = wallMillis();
        life++;
        chances.clear();
        trace.line(name, life == 1 ? " starts" : " starts again");
        input(life, () -> {
            Program made = maker.make(this);
            program = made;
            made.start();
        });
    }

    /** Stops the program in order; the process ends a moment later. */
    public void stop() {
        Program running = program;
        if (running == null || dying) return;
        happening(Happening.STOPPED);
        trace.line(name, " stops");
        int stopping = life;
        input(stopping, running::stop);
        dying = true;
        world.after(STOP_MILLIS, () -> {
            if (life == stopping && dying) end(false);
        });
    }

    /**
     * Ends the program at once.
     *
     * @param power whether even the operating system cannot close the channels
     */
    public void crash(boolean power) {
        if (program == null) return;
        happening(power ? Happening.POWER_LOST : Happening.CRASHED);
        trace.line(name, power ? " loses power" : " crashes");
        end(power);
    }

    /** Lets the application call the program, as an input of its own. Nothing happens while the host is off. */
    public void call(Runnable what) {
        if (isUp()) input(life, what);
    }

    /** Plans an input of the program's present life. */
    public Timer plan(long delayMillis, Runnable what) {
        return world.after(delayMillis, this, life, what);
    }

    /** Takes what the program tells its application; it leaves when it is durable. */
    public void emit(Event event) {
        disk.emit(event);
    }

    @Override
    public long nowMillis() {
        return world.nowMillis();
    }

    @Override
    public long wallMillis() {
        return WALL_MILLIS + skewMillis + world.nowMillis();
    }

    @Override
    public Chance chance(String component) {
        Chance known = chances.get(component);
        if (known != null) return known;
        Chance made = seed.stream(component, (index << 16) | life);
        chances.put(component, made);
        return made;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return world.after(delay.toMillis(), this, life, task);
    }

    @Override
    public Store store() {
        return disk;
    }

    @Override
    public Log log() {
        return this::noted;
    }

    @Override
    public String kind() {
        return "mem";
    }

    @Override
    public boolean canDial(Endpoint endpoint) {
        return Network.placeOf(endpoint) >= 0;
    }

    @Override
    public void dial(Endpoint endpoint, Channel.Listener listener) {
        network.dial(this, endpoint, listener);
    }

    @Override
    public Datagrams datagrams() {
        if (!network.hasPackets()) return Datagrams.NONE;
        if (packets == null) packets = new Packets(network, this, seed.stream("packets", index));
        return packets;
    }

    @Override
    public void onSend(PeerId to, Frame frame) {
        watch.onSend(this, to, frame);
    }

    /** Hands frames on; envelopes may be doubled or held back, as a second route or a retry would. */
    @Override
    public void onReceive(PeerId from, Frame frame, Consumer<Frame> next) {
        watch.onReceive(this, from, frame);
        Weather weather = network.weather();
        if (frame instanceof Envelope) {
            if (envelopeChance.happens(weather.doubled())) {
                happening(Happening.ENVELOPE_DOUBLED);
                later(weather, frame, next);
            }
            if (envelopeChance.happens(weather.held())) {
                happening(Happening.ENVELOPE_HELD);
                later(weather, frame, next);
                return;
            }
        }
        next.accept(frame);
    }

    boolean isPowered() {
        return powered;
    }

    Result<Channel.Listener> incoming(String remoteAddress) {
        Program running = program;
        if (running == null || dying) return new Result.No<>(new Failure(Failure.Code.STOPPING));
        return running.incoming(remoteAddress);
    }

    /** Runs one input of one life to its end and closes its batch. */
    void input(int ofLife, Runnable what) {
        if (ofLife != life) return;
        try {
            what.run();
        } catch (RuntimeException | AssertionError e) {
            broken("escape", String.valueOf(e));
            if (trace.isRead()) for (StackTraceElement at : e.getStackTrace()) trace.line(name, "     " + at);
        }
        disk.closeBatch();
        watch.onInputDone(this);
    }

    void release(Event event) {
        trace.event(index, event);
        watch.onEvent(this, event);
    }

    void broken(String rule, String what) {
        watch.onBroken(this, rule, what);
    }

    void onPut(String table, @Nullable Bytes value) {
        watch.onPut(this, table, value);
    }

    void happening(Happening what) {
        trace.happening(index, what);
        watch.onHappening(this, what);
    }

    private void later(Weather weather, Frame frame, Consumer<Frame> next) {
        int delay = Seed.between(envelopeChance, 1, Math.max(1, weather.heldMillisMax()));
        world.after(delay, this, life, () -> next.accept(frame));
    }

    private void noted(String event, Object... keysAndValues) {
        watch.onLog(this, event, keysAndValues);
    }

    private void end(boolean power) {
        program = null;
        dying = false;
        life++;
        powered = !power;
        network.hostEnded(this, power);
        disk.crash();
    }
}
