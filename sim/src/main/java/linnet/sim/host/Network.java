package linnet.sim.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.env.Chance;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import org.jspecify.annotations.Nullable;

/** What lies between the hosts: a path each way for every pair, dials that cost their round trips, and the weather. */
public final class Network {
    private static final String SCHEME = "mem:";

    /** Hosts of one network, and so the distance between two places of one host. */
    static final int PLACES = 10_000;

    private static final int DIGITS_MAX = 7;

    /** How long a dial waits for the other machine. */
    private static final int DIAL_MILLIS = 10_000;

    private static final int LATENCY_MILLIS_MIN = 2;
    private static final int LATENCY_MILLIS_MAX = 150;

    private final World world;
    private final Trace trace;
    private final Seed seed;
    private final Chance changes;
    private final List<SimHost> hosts = new ArrayList<>();
    private final List<List<SimChannel>> channels = new ArrayList<>();
    private final List<List<@Nullable Path>> paths = new ArrayList<>();
    private final Map<Integer, Long> dialsMillis = new TreeMap<>();
    private final NonceWatch nonces = new NonceWatch();
    private Weather weather = Weather.CALM;
    private int highWaterBytes = 256 << 10;
    private boolean packets;

    /** Creates a network without hosts. */
    public Network(World world, Trace trace, Seed seed) {
        this.world = world;
        this.trace = trace;
        this.seed = seed;
        this.changes = seed.stream("changes", 0);
    }

    /** Returns the endpoint of a place: the number of a host, and {@value #PLACES} more for each time that it has moved. */
    public static Endpoint endpoint(int place) {
        return new Endpoint(SCHEME + place);
    }

    /** Returns whether an endpoint is, or was, that of a host. */
    public static boolean isOf(String uri, int host) {
        int place = uri.startsWith(SCHEME) ? number(uri, SCHEME.length(), uri.length()) : -1;
        return place >= 0 && place % PLACES == host;
    }

    /** Returns the place of an endpoint, or -1 if it is none of this network. */
    static int placeOf(Endpoint endpoint) {
        String uri = endpoint.uri();
        return uri.startsWith(SCHEME) ? number(uri, SCHEME.length(), uri.length()) : -1;
    }

    /** Returns the number that is written from one place to another, or -1 for anything else. */
    static int number(String text, int from, int to) {
        if (to <= from || to - from > DIGITS_MAX) return -1;
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = number * 10 + digit;
        }
        return number;
    }

    /** Returns the hosts in the order of their numbers. */
    public List<SimHost> hosts() {
        return hosts;
    }

    /** Returns what happens to everything that passes. */
    public Weather weather() {
        return weather;
    }

    /** Changes the weather. */
    public void setWeather(Weather weather) {
        this.weather = weather;
    }

    /** Lets hosts send packets too, each from its next start on. */
    public void letPackets() {
        packets = true;
    }

    /** Returns whether hosts send packets. */
    public boolean hasPackets() {
        return packets;
    }

    /** Says how many bytes a channel takes before it refuses more. */
    public void setHighWater(int bytes) {
        this.highWaterBytes = bytes;
    }

    /** Cuts one direction for a while. */
    public void cut(int from, int to, long millis) {
        path(from, to).cut(world.nowMillis() + millis);
    }

    /** Holds one direction back for a while. */
    public void clog(int from, int to, int millis) {
        path(from, to).clog(world.nowMillis() + millis);
    }

    /** Ends every cut and clog. */
    public void heal() {
        for (List<@Nullable Path> row : paths) for (Path path : row) if (path != null) path.heal();
    }

    World world() {
        return world;
    }

    Trace trace() {
        return trace;
    }

    NonceWatch nonces() {
        return nonces;
    }

    int highWaterBytes() {
        return highWaterBytes;
    }

    void join(SimHost host) {
        if (host.index() != hosts.size())
            throw new IllegalArgumentException("hosts join in the order of their numbers");
        hosts.add(host);
        channels.add(new ArrayList<>());
    }

    Path path(int from, int to) {
        while (paths.size() <= from) paths.add(new ArrayList<>());
        List<@Nullable Path> row = paths.get(from);
        while (row.size() <= to) row.add(null);
        Path path = row.get(to);
        if (path == null) {
            Chance pair = seed.stream("latency", Math.min(from, to) << 16 | Math.max(from, to));
            int latency = Seed.between(pair, LATENCY_MILLIS_MIN, LATENCY_MILLIS_MAX);
            path = new Path(seed.stream("path", from << 16 | to), latency);
            row.set(to, path);
        }
        return path;
    }

    long arrival(int from, int to) {
        return path(from, to).arrival(world.nowMillis(), weather.loss());
    }

    /** TCP's greeting and WebSocket's: two round trips, each of the four legs as the weather lets it. */
    void dial(SimHost from, Endpoint endpoint, Channel.Listener listener) {
        long deadline = world.nowMillis() + DIAL_MILLIS;
        SimHost to = at(placeOf(endpoint));
        if (to == null || to == from) {
            fail(from, from.life(), 1, listener, new Failure(Failure.Code.NOT_LISTENING));
            return;
        }
        int life = from.life();
        int index = to.index();
        dialsMillis.put(from.index() << 16 | index, world.nowMillis());
        Long back = dialsMillis.get(index << 16 | from.index());
        if (back != null && world.nowMillis() - back < path(index, from.index()).latencyMillis())
            from.happening(Happening.GLARE);
        leg(from, to, deadline, () -> greeted(from, life, to, deadline, listener), () -> timeOut(from, life, listener));
    }

    /** Returns who is at a place now, or null. */
    private @Nullable SimHost at(int place) {
        int index = place % PLACES;
        if (place < 0 || index >= hosts.size()) return null;
        return hosts.get(index).place() == place ? hosts.get(index) : null;
    }

    /** A packet leaves; it arrives, or not. */
    void packet(SimHost from, Endpoint sender, int place, Bytes packet, Chance chance) {
        SimHost to = at(place);
        if (to == null || to == from || to.isBlocked() || from.isBlocked()) return;
        trace.frame(from.index(), to.index(), packet);
        long arrival = path(from.index(), to.index()).packetArrival(world.nowMillis(), weather.loss());
        if (arrival == Path.NEVER) return;
        long held = chance.happens(weather.held()) ? chance.below(Math.max(1, weather.heldMillisMax())) : 0;
        Bytes carried = changed(from, packet);
        world.after(arrival - world.nowMillis() + held, () -> {
            if (to.place() == place) to.hear(sender, carried);
        });
    }

    private void greeted(SimHost from, int life, SimHost to, long deadline, Channel.Listener listener) {
        Runnable late = () -> timeOut(from, life, listener);
        if (!to.isPowered()) {
            world.after(deadline - world.nowMillis(), late);
        } else if (!to.isUp()) {
            Failure why = new Failure(Failure.Code.NOT_LISTENING);
            from.happening(Happening.DIAL_REFUSED);
            leg(to, from, deadline, () -> fail(from, life, 0, listener, why), late);
        } else {
            Runnable asked = () -> asked(from, life, to, deadline, listener);
            leg(to, from, deadline, () -> leg(from, to, deadline, asked, late), late);
        }
    }

    private void asked(SimHost from, int life, SimHost to, long deadline, Channel.Listener listener) {
        if (!to.isUp()) {
            timeOut(from, life, listener);
            return;
        }
        to.call(() -> {
            Result<Channel.Listener> answer = to.incoming("host-" + from.index());
            if (answer instanceof Result.No<Channel.Listener> no) {
                leg(
                        to,
                        from,
                        deadline,
                        () -> fail(from, life, 0, listener, no.why()),
                        () -> timeOut(from, life, listener));
            } else if (answer instanceof Result.Ok<Channel.Listener> ok) {
                long arrival = arrival(to.index(), from.index());
                SimChannel far = new SimChannel(this, to, from, ok.value());
                SimChannel near = new SimChannel(this, from, to, life, listener);
                near.join(far);
                channels.get(to.index()).add(far);
                channels.get(from.index()).add(near);
                far.opened(arrival);
                ok.value().onOpen(far);
            }
        });
    }

    void forget(SimChannel channel) {
        channels.get(channel.host().index()).remove(channel);
    }

    /** The program of a host is gone; the operating system closes its channels, unless the power is gone too. */
    void hostEnded(SimHost host, boolean power) {
        List<SimChannel> open = channels.get(host.index());
        List<SimChannel> ended = new ArrayList<>(open);
        open.clear();
        for (SimChannel channel : ended) channel.processEnded(power);
    }

    /** Returns the message with one byte changed, when the weather wants it. */
    Bytes changed(SimHost by, Bytes bytes) {
        if (weather.changed() == 0 || bytes.length() == 0 || !changes.happens(weather.changed())) return bytes;
        by.happening(Happening.BYTES_CHANGED);
        byte[] array = bytes.toArray();
        array[changes.below(array.length)] ^= (byte) (1 + changes.below(255));
        return Bytes.wrap(array);
    }

    private void leg(SimHost from, SimHost to, long deadline, Runnable there, Runnable late) {
        long arrival = arrival(from.index(), to.index());
        if (arrival > deadline) {
            world.after(deadline - world.nowMillis(), late);
            return;
        }
        world.after(arrival - world.nowMillis(), () -> {
            // A cut on the way: TCP sends it again.
            if (path(from.index(), to.index()).isCut(world.nowMillis())) leg(from, to, deadline, there, late);
            else there.run();
        });
    }

    private void timeOut(SimHost from, int life, Channel.Listener listener) {
        from.happening(Happening.DIAL_TIMED_OUT);
        fail(from, life, 0, listener, new Failure(Failure.Code.TIMEOUT));
    }

    private void fail(SimHost from, int life, int delayMillis, Channel.Listener listener, Failure why) {
        world.after(delayMillis, from, life, () -> listener.onClosed(why));
    }
}
