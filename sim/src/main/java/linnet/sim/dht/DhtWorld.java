package linnet.sim.dht;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import linnet.core.env.Log;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import linnet.sim.host.Mix;
import org.jspecify.annotations.Nullable;

/** Virtual time, who is alive in it, and what lies between them. One thread, one seed. */
final class DhtWorld {
    /** Noon of a day in 2026: what wall clocks say at the start. */
    private static final long WALL_MILLIS = 1_782_907_200_000L;

    private static final int DOMAIN_INTERNET = 12;

    final Internet internet;
    final Log log = this::onLog;
    final Dials dials = new Dials();
    private final Wheel wheel = new Wheel();
    private final long seed;
    final boolean isLinked;
    private final List<DhtHost> living = new ArrayList<>();
    private final Map<String, Integer> logged = new LinkedHashMap<>();
    private @Nullable DhtHost[] byNumber = new DhtHost[1 << 10];
    private HostNumbers numbers = new HostNumbers(1 << 10);
    private final Map<Integer, List<Due>> asleep = new LinkedHashMap<>();
    private @Nullable Set<Bytes> made;
    private Consumer<SignedRecord> makers = record -> {};
    private @Nullable Traffic traffic;
    private HostPackets.@Nullable Weather weather;
    private @Nullable PacketWatch packetWatch;
    private int births;
    private @Nullable Trail trail;
    private long events;
    private long hash;
    private long sentBytes;
    private long peerMillis;
    private long countedMillis;
    private long alive;

    /**
     * @param loss share of packets that vanish
     * @param isLinked whether questions need a link that is dialled first
     */
    DhtWorld(long seed, double loss, boolean isLinked) {
        this.seed = seed;
        this.isLinked = isLinked;
        this.internet = new Internet(new Mix(DOMAIN_INTERNET).add(seed).toLong(), loss);
    }

    long seed() {
        return seed;
    }

    long nowMillis() {
        return wheel.nowMillis();
    }

    long wallMillis() {
        return WALL_MILLIS + wheel.nowMillis();
    }

    /** Packets delivered and timers fired. */
    long events() {
        return events;
    }

    /** A hash of when what happened to whom. */
    String hash() {
        return Long.toHexString(hash);
    }

    /** How often the core logged what. */
    Map<String, Integer> logged() {
        return logged;
    }

    /** Everybody who is alive, in no order that means anything. */
    List<DhtHost> living() {
        return living;
    }

    @Nullable
    DhtHost host(int number) {
        return number < 0 || number >= byNumber.length ? null : byNumber[number];
    }

    /** Returns the number of the host that is said to be there, or -1. */
    int number(Whereabouts where) {
        return numbers.of(where);
    }

    /** Adds a machine that is up from now on; strangers' packets reach it or not. */
    DhtHost admit(boolean reachable) {
        return admit(People.peer(seed, births), reachable);
    }

    /** Adds a machine whose peer chose its own name, as attackers do. */
    DhtHost admit(PeerId peer, boolean reachable) {
        return admit(peer, reachable, Addresses.of(births));
    }

    /** Adds an attacker to a crowd behind one address. */
    DhtHost admitInCrowd(PeerId peer) {
        return admit(peer, true, Addresses.inCrowd(births));
    }

    private DhtHost admit(PeerId peer, boolean reachable, Endpoint at) {
        int number = births++;
        if (number == byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, number * 2);
            numbers = new HostNumbers(number * 2);
        }
        Whereabouts where = new Whereabouts(peer, People.linkPublic(seed, number), List.of(at));
        DhtHost host = new DhtHost(this, number, where, reachable);
        byNumber[number] = host;
        host.place = living.size();
        living.add(host);
        lived(1);
        return host;
    }

    /** Takes a machine away without a word to anybody. */
    void remove(DhtHost host) {
        host.leave();
        byNumber[host.number] = null;
        numbers.forget(host.where);
        asleep.remove(host.number);
        lived(-1);
        DhtHost last = living.remove(living.size() - 1);
        if (last == host) return;
        living.set(host.place, last);
        last.place = host.place;
    }

    void plan(Due due, long delayMillis) {
        wheel.plan(due, wheel.nowMillis() + Math.max(0, delayMillis));
    }

    /** Plans something of the scenario's own. */
    void after(long delayMillis, Runnable what) {
        plan(new Planned(what), delayMillis);
    }

    /** Lets everything happen until then. */
    void run(long untilMillis) {
        Due due = wheel.poll(untilMillis);
        while (due != null) {
            if (due.happen()) {
                events++;
                hash = (hash ^ due.atMillis) * 0x9E3779B97F4A7C15L + due.what();
            }
            due = wheel.poll(untilMillis);
        }
    }

    @Nullable
    Trail trail() {
        return trail;
    }

    /** Does something as part of a measured lookup, or of none. */
    void along(@Nullable Trail of, Runnable what) {
        Trail before = trail;
        trail = of != null && of.isOpen() ? of : null;
        what.run();
        trail = before;
    }

    /** Keeps a timer of a phone that sleeps. */
    void onWaking(DhtHost host, Due alarm) {
        asleep.computeIfAbsent(host.number, n -> new ArrayList<>()).add(alarm);
    }

    /** Puts a phone to sleep, or wakes it: timers that were due meanwhile fire now. */
    void sleep(DhtHost host, boolean sleeps) {
        host.sleep(sleeps);
        List<Due> waiting = sleeps ? null : asleep.remove(host.number);
        if (waiting != null) for (Due alarm : waiting) plan(alarm, 0);
    }

    /** Somebody dials: counted for each host and second. */
    void onDial(DhtHost host) {
        dials.onDial(host, nowMillis());
    }

    /** Lets questions travel in real packets, to which this happens. */
    DhtWorld withPackets(HostPackets.Weather of) {
        weather = of;
        return this;
    }

    HostPackets.@Nullable Weather weather() {
        return weather;
    }

    /** Remembers every record that an owner makes, to tell them from forged ones. */
    DhtWorld withHistory() {
        made = new TreeSet<>();
        return this;
    }

    /** Tells of every record that an owner makes. */
    void onMade(Consumer<SignedRecord> listener) {
        makers = listener;
    }

    void onMade(SignedRecord record) {
        if (made != null) made.add(record.raw());
        makers.accept(record);
    }

    /** Returns whether an owner made this record, bit by bit. */
    boolean wasMade(SignedRecord record) {
        return made != null && made.contains(record.raw());
    }

    /** Sees how many bytes each question and its answer took. */
    interface Traffic {
        /** A question, or the answer to it, left with so many bytes. */
        void onSent(DhtQuestion<?> question, boolean isHandshake, int bytes);
    }

    void onTraffic(Traffic listener) {
        traffic = listener;
    }

    void onSent(DhtQuestion<?> question, boolean isHandshake, int bytes) {
        if (traffic != null) traffic.onSent(question, isHandshake, bytes);
    }

    /** Sees real packets leave. */
    interface PacketWatch {
        /** A packet left for a host. */
        void onPacket(DhtHost from, int to, Bytes packet);
    }

    void onPackets(PacketWatch listener) {
        packetWatch = listener;
    }

    void onPacket(DhtHost from, int to, Bytes packet) {
        if (packetWatch != null) packetWatch.onPacket(from, to, packet);
    }

    /** Bytes that hosts sent outside of measured lookups, headers included. */
    long sentBytes() {
        return sentBytes;
    }

    void onSent(int bytes) {
        sentBytes += bytes;
    }

    /** Milliseconds lived so far by all hosts together. */
    long peerMillis() {
        return peerMillis + alive * (nowMillis() - countedMillis);
    }

    private void lived(int change) {
        peerMillis = peerMillis();
        countedMillis = nowMillis();
        alive += change;
    }

    private void onLog(String name, Object... keysAndValues) {
        logged.merge(name, 1, Integer::sum);
    }

    /** Something of the scenario's own. */
    private static final class Planned extends Due {
        private final Runnable what;

        Planned(Runnable what) {
            this.what = what;
        }

        @Override
        int what() {
            return 0;
        }

        @Override
        boolean happen() {
            what.run();
            return false;
        }
    }
}
