package linnet.sim.dht;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Log;
import linnet.core.env.Store;
import linnet.core.env.Timer;
import linnet.core.id.AddressGroup;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;
import linnet.sim.host.Mix;
import org.jspecify.annotations.Nullable;

/** One simulated machine: the world of its peer, and the carrier of its questions. A hundred thousand of them share one heap. */
final class DhtHost implements Env, Rpc, Rpc.Served, Store {
    private static final int DOMAIN_CHANCE = 11;

    /** Address translations forget a flow of packets after so long (RFC 4787 asks for two minutes, many keep less). */
    private static final long OPEN_MILLIS = 60_000;

    final DhtWorld world;
    final int number;
    final Whereabouts where;
    final Sessions sessions = new Sessions();
    /** Place in the list of the living; moves when others leave. */
    int place;

    /** What runs on it. */
    @Nullable
    DhtPeer peer;

    /** Its links, where a scenario has some. */
    @Nullable
    HostLinks links;

    private final boolean reachable;
    private boolean serving;
    private boolean up = true;
    private boolean asleep;
    private boolean slept;
    private Rpc.@Nullable Served served;
    private @Nullable Received packets;
    private @Nullable Map<String, Map<String, Bytes>> tables;

    /** When packets left a client for whom. */
    private @Nullable Map<Integer, Long> opened;

    private final long bornMillis;
    private short usualRtt;
    private short usualVariation;
    private int dialSecond;
    private short dials;

    DhtHost(DhtWorld world, int number, Whereabouts where, boolean reachable) {
        this.world = world;
        this.number = number;
        this.where = where;
        this.reachable = reachable;
        this.bornMillis = world.nowMillis();
    }

    /** Whoever answers what others ask of this host. */
    void serves(Rpc.Served answers) {
        served = answers;
    }

    /** What its own questions say of it. */
    void onServing(boolean serves) {
        // Peers with a session were told something else.
        if (serves != serving) sessions.clear();
        serving = serves;
    }

    boolean isUp() {
        return up && !asleep;
    }

    /** Returns whether the machine has not left, awake or not. */
    boolean isThere() {
        return up;
    }

    /** Returns whether packets of strangers reach it: not through the address translation of a client. */
    boolean isHeard() {
        return isUp() && reachable;
    }

    boolean isReachable() {
        return reachable;
    }

    /** A phone that sleeps sends, hears and does nothing; its timers wait. */
    void sleep(boolean sleeps) {
        asleep = sleeps;
        slept = true;
    }

    /** Returns whether it slept once: what it keeps may be old. */
    boolean wasAsleep() {
        return slept;
    }

    void leave() {
        up = false;
        served = null;
        if (links != null) links.vanish();
    }

    long ageMillis() {
        return world.nowMillis() - bornMillis;
    }

    /** Takes the packets of a peer that has a real carrier. */
    void onPackets(Received receiver) {
        packets = receiver;
    }

    /** A packet of this host leaves: it opens the address translation of a client for answers. */
    void onPacketTo(int number, Bytes packet) {
        world.onPacket(this, number, packet);
        if (reachable) return;
        if (opened == null) opened = new TreeMap<>();
        opened.put(number, world.nowMillis());
    }

    /** Returns whether a packet from there gets in. */
    boolean lets(int from) {
        if (reachable) return true;
        Long last = opened == null ? null : opened.get(from);
        return last != null && world.nowMillis() - last < OPEN_MILLIS;
    }

    void onPacket(Endpoint from, Bytes packet) {
        if (packets != null) packets.onPacket(from, packet);
    }

    /** Who takes packets. */
    interface Received {
        /** A packet came. */
        void onPacket(Endpoint from, Bytes packet);
    }

    /** Counts a dial and returns how many there were in this second. */
    int dialledIn(int second) {
        if (second != dialSecond) dials = 0;
        dialSecond = second;
        return ++dials;
    }

    void sends(int bytes, int packets, @Nullable Trail trail) {
        if (trail != null) trail.onSent(packets);
        else world.onSent(bytes + packets * Sizes.PACKET_HEADERS);
    }

    /** Takes a round trip in: the usual one is where waiting for strangers begins. */
    void measured(int host, int rttMillis) {
        sessions.onMeasured(host, rttMillis);
        int sample = Math.min(rttMillis, Short.MAX_VALUE);
        if (usualRtt == 0) {
            usualRtt = (short) sample;
            usualVariation = (short) (sample / 2);
            return;
        }
        usualVariation += (short) ((Math.abs(sample - usualRtt) - usualVariation) / 4);
        usualRtt += (short) ((sample - usualRtt) / 8);
    }

    int usualRetryMillis(int first) {
        return usualRtt == 0 ? first : usualRtt + 4 * Math.max(1, usualVariation);
    }

    /** Hands a question to the peer. Whether the asker is where it says it is a first packet does not prove. */
    void serve(DhtHost asker, boolean isProven, DhtQuestion<?> question, Rpc.Reply reply, @Nullable Trail trail) {
        Rpc.Served answers = served;
        if (answers == null) return;
        Rpc.Asker from = new Rpc.Asker(asker.where, isProven && asker.serving);
        world.along(trail, () -> answers.onQuestion(from, question, reply));
    }

    /** Whoever asked before is where it said. */
    void prove(DhtHost asker) {
        if (served != null) served.onProven(new Rpc.Asker(asker.where, asker.serving));
    }

    boolean isLying() {
        return served instanceof LyingStorer;
    }

    boolean isServing() {
        return serving;
    }

    /** What a real carrier hands in. */
    @Override
    public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
        if (served != null) served.onQuestion(from, question, reply);
    }

    @Override
    public void onProven(Rpc.Asker from) {
        if (served != null) served.onProven(from);
    }

    @Override
    public <A extends DhtAnswer> void ask(
            Whereabouts to, DhtQuestion<A> question, Duration timeout, Rpc.Answer<A> answer) {
        new Exchange<>(this, to, question, timeout.toMillis(), answer).send();
    }

    @Override
    public boolean canAsk(Whereabouts to) {
        return to.addressGroup() != AddressGroup.NONE;
    }

    @Override
    public long nowMillis() {
        return world.nowMillis();
    }

    @Override
    public long wallMillis() {
        return world.wallMillis();
    }

    @Override
    public Chance chance(String component) {
        return new Chance(new Mix(DOMAIN_CHANCE)
                .add(world.seed())
                .add(number)
                .add(component)
                .toLong());
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(this, task, world.trail());
        world.plan(alarm, delay.toMillis());
        return alarm;
    }

    @Override
    public Store store() {
        return this;
    }

    @Override
    public Log log() {
        return world.log;
    }

    @Override
    public void put(String table, String key, @Nullable Bytes value) {
        if (tables == null) tables = new TreeMap<>();
        Map<String, Bytes> rows = tables.computeIfAbsent(table, t -> new TreeMap<>());
        if (value == null) rows.remove(key);
        else rows.put(key, value);
    }

    @Override
    public @Nullable Bytes get(String table, String key) {
        Map<String, Bytes> rows = tables == null ? null : tables.get(table);
        return rows == null ? null : rows.get(key);
    }

    @Override
    public void forEach(String table, BiConsumer<String, Bytes> visitor) {
        Map<String, Bytes> rows = tables == null ? null : tables.get(table);
        if (rows != null) rows.forEach(visitor);
    }

    @Override
    public void sync(Runnable durable) {
        world.plan(new Alarm(this, durable, world.trail()), 0);
    }

    /** A timer of one peer. */
    private static final class Alarm extends Due implements Timer {
        private final DhtHost host;
        private final @Nullable Trail trail;
        private @Nullable Runnable task;

        Alarm(DhtHost host, Runnable task, @Nullable Trail trail) {
            this.host = host;
            this.task = task;
            this.trail = trail;
        }

        @Override
        int what() {
            return host.number << 2;
        }

        @Override
        boolean happen() {
            Runnable due = task;
            if (due == null || !host.up) return false;
            if (host.asleep) {
                host.world.onWaking(host, this);
                return false;
            }
            task = null;
            host.world.along(trail, due);
            return true;
        }

        @Override
        public void cancel() {
            task = null;
        }
    }
}
