package linnet.sim.host;

import java.util.ArrayDeque;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One end of a channel. Messages come in order; a delayed one holds up those behind it, and so does one that a cut catches on
 * its way; when one cannot get through in time, this end breaks, and the other end hears of it only if something gets
 * through to it.
 */
final class SimChannel implements Channel {
    /** A Noise XX handshake has three messages. */
    private static final int HANDSHAKE_MESSAGES = 3;

    private final Network network;
    private final World world;
    private final SimHost host;
    private final SimHost to;
    private final int life;
    private final Listener listener;
    private final ArrayDeque<Flight> flights = new ArrayDeque<>(2);
    private @Nullable SimChannel other;
    private boolean closed;
    private boolean deaf;
    private boolean doomed;
    private boolean wantsRoom;
    private long lastArrivalMillis;
    private int queuedBytes;
    private int messages;

    SimChannel(Network network, SimHost host, SimHost to, Listener listener) {
        this(network, host, to, host.life(), listener);
    }

    SimChannel(Network network, SimHost host, SimHost to, int life, Listener listener) {
        this.network = network;
        this.world = network.world();
        this.host = host;
        this.to = to;
        this.life = life;
        this.listener = listener;
    }

    @Override
    public boolean send(Bytes bytes) {
        if (bytes.length() > MESSAGE_BYTES_MAX)
            throw new IllegalArgumentException("a message of " + bytes.length() + " B");
        if (closed) return false;
        if (queuedBytes + bytes.length() > Math.max(network.highWaterBytes(), bytes.length())) {
            if (!wantsRoom) host.happening(Happening.CHANNEL_FULL);
            wantsRoom = true;
            return false;
        }
        network.trace().frame(host.index(), to.index(), bytes);
        queuedBytes += bytes.length();
        messages++;
        if (doomed) return true;
        long arrival = nextArrival();
        if (arrival == Path.NEVER) {
            doom();
            return true;
        }
        Bytes carried = network.changed(host, bytes);
        fly(arrival, true, () -> arrived(carried, bytes.length()), () -> {});
        if (isUnanswered()) doom();
        return true;
    }

    @Override
    public int queuedBytes() {
        return queuedBytes;
    }

    @Override
    public void close(Failure why) {
        if (closed) return;
        end();
        long arrival = doomed ? Path.NEVER : nextArrival();
        if (arrival == Path.NEVER) {
            lingers();
            return;
        }
        flyEnd(arrival, why);
    }

    SimHost host() {
        return host;
    }

    /** This end reads nothing more: what comes waits with the other end, whose channel fills. */
    void deafen() {
        deaf = true;
    }

    void join(SimChannel far) {
        other = far;
        far.other = this;
    }

    /** The accepting end is open; the dialling end opens when the last leg is there. */
    void opened(long arrivalMillis) {
        SimChannel dialler = other;
        if (dialler == null) throw new IllegalStateException("a channel has two ends");
        Runnable lost = () -> world.after(Path.PATIENCE_MILLIS, dialler.host, dialler.life, () -> dialler.dialLost());
        if (arrivalMillis == Path.NEVER) {
            doom();
            lost.run();
            return;
        }
        lastArrivalMillis = arrivalMillis;
        Runnable landing = () -> {
            if (dialler.host.life() != dialler.life) dialler.host.happening(Happening.DIAL_LOST);
            dialler.input(() -> dialler.listener.onOpen(dialler));
        };
        fly(arrivalMillis, false, landing, lost);
    }

    /** The process of this end is gone. */
    void processEnded(boolean power) {
        closed = true;
        SimChannel end = other;
        if (end != null && !end.closed && messages + end.messages < HANDSHAKE_MESSAGES)
            host.happening(Happening.HANDSHAKE_CUT);
        if (power) {
            lingers();
            return;
        }
        long arrival = doomed ? Path.NEVER : nextArrival();
        if (arrival == Path.NEVER) lingers();
        else flyEnd(arrival, new Failure(Failure.Code.PEER_DISCONNECTED));
    }

    private void dialLost() {
        if (closed) return;
        host.happening(Happening.DIAL_LOST);
        ended(new Failure(Failure.Code.TIMEOUT));
    }

    private void flyEnd(long arrivalMillis, Failure why) {
        Runnable landing = () -> {
            SimChannel far = other;
            if (far != null) far.ended(why);
        };
        fly(arrivalMillis, false, landing, this::lingers);
    }

    private void fly(long arrivalMillis, boolean isRead, Runnable landing, Runnable lost) {
        flights.add(new Flight(isRead, landing, lost, world.nowMillis(), arrivalMillis));
        world.after(arrivalMillis - world.nowMillis(), this::land);
    }

    /** What is due arrives, in order, unless the way was cut meanwhile: then it is sent again, and the rest waits. */
    private void land() {
        long now = world.nowMillis();
        for (Flight first = flights.peek(); first != null && first.arrivalMillis <= now; first = flights.peek()) {
            SimChannel far = other;
            if (first.isRead && far != null && far.deaf && !far.closed) return;
            if (network.path(host.index(), to.index()).isCut(now)) {
                host.happening(Happening.CUT_ON_THE_WAY);
                long again = network.arrival(host.index(), to.index());
                if (again == Path.NEVER || again - first.sentMillis > 2L * Path.PATIENCE_MILLIS) {
                    for (Flight flight : flights) flight.lost.run();
                    flights.clear();
                    doom();
                    return;
                }
                first.arrivalMillis = again;
                lastArrivalMillis = Math.max(lastArrivalMillis, again);
                world.after(again - now, this::land);
                return;
            }
            flights.remove();
            first.landing.run();
        }
    }

    /** A message is at the other end. */
    private void arrived(Bytes bytes, int length) {
        SimChannel far = other;
        if (far == null) return;
        if (!to.isPowered()) {
            flights.clear();
            doom();
            return;
        }
        queuedBytes -= length;
        if (far.closed || far.host.life() != far.life) {
            reset();
            return;
        }
        if (wantsRoom && queuedBytes < network.highWaterBytes() / 2) {
            wantsRoom = false;
            world.after(network.path(to.index(), host.index()).latencyMillis(), () -> room());
        }
        far.input(() -> far.listener.onBytes(bytes));
    }

    private void room() {
        if (closed) return;
        host.happening(Happening.CHANNEL_ROOM);
        input(listener::onRoom);
    }

    /** The other machine answers that it knows no such channel, if the way back is open. */
    private void reset() {
        if (closed) return;
        long back = network.arrival(to.index(), host.index());
        if (back == Path.NEVER) doom();
        else world.after(back - world.nowMillis(), () -> ended(new Failure(Failure.Code.PEER_DISCONNECTED)));
    }

    /** Nothing gets through any more; this end notices when its patience is over. */
    private void doom() {
        if (doomed) return;
        doomed = true;
        world.after(Path.PATIENCE_MILLIS, () -> {
            if (closed) return;
            host.happening(Happening.CHANNEL_BROKE);
            ended(new Failure(Failure.Code.PEER_DISCONNECTED, "nothing got through for 15 s"));
            SimChannel far = other;
            if (far == null || far.closed) return;
            long reset = network.arrival(host.index(), to.index());
            if (reset == Path.NEVER || !to.isPowered()) lingers();
            else world.after(reset - world.nowMillis(), () -> far.ended(new Failure(Failure.Code.PEER_DISCONNECTED)));
        });
    }

    private void ended(Failure why) {
        if (closed) return;
        end();
        world.after(0, host, life, () -> listener.onClosed(why));
    }

    private void end() {
        closed = true;
        network.forget(this);
    }

    private void lingers() {
        SimChannel far = other;
        if (far != null && !far.closed && far.host.life() == far.life) far.host.happening(Happening.CHANNEL_LINGERS);
    }

    /** Messages get through, but their acknowledgements do not come back in time. */
    private boolean isUnanswered() {
        return network.path(to.index(), host.index()).isCut(world.nowMillis() + Path.PATIENCE_MILLIS);
    }

    private long nextArrival() {
        long arrival = network.arrival(host.index(), to.index());
        if (arrival == Path.NEVER) return arrival;
        lastArrivalMillis = Math.max(lastArrivalMillis, arrival);
        return lastArrivalMillis;
    }

    private void input(Runnable what) {
        if (!closed) host.input(life, what);
    }

    /** Something on its way to the other end. */
    private static final class Flight {
        /** Whether it waits for somebody who reads. */
        private final boolean isRead;

        private final Runnable landing;
        private final Runnable lost;
        private final long sentMillis;
        private long arrivalMillis;

        Flight(boolean isRead, Runnable landing, Runnable lost, long sentMillis, long arrivalMillis) {
            this.isRead = isRead;
            this.landing = landing;
            this.lost = lost;
            this.sentMillis = sentMillis;
            this.arrivalMillis = arrivalMillis;
        }
    }
}
