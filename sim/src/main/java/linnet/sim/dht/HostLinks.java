package linnet.sim.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.wire.Frame;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * The links of one host, as the protocols above see them: dials take the round trips of TCP, the upgrade and the handshake, what nobody
 * answers fails after the deadline of the handshake, and of a peer that vanished a link hears when its keep-alive does.
 */
final class HostLinks implements Links {
    /** Connect, upgrade, and the two messages of the handshake that the dialler waits for. */
    private static final int ROUND_TRIPS = 3;

    private static final int DEADLINE_MILLIS = 5_000;

    /** A lost packet of a dial is sent again after this (RFC 6298). */
    private static final int RESEND_MILLIS = 1_000;

    private static final int SILENCE_MILLIS_MIN = 10_000;
    private static final int SILENCE_MILLIS_MAX = 20_000;

    private final DhtHost host;
    private final Links.Handler handler;
    private final List<Tie> ties = new ArrayList<>(4);
    private final List<PeerId> dialling = new ArrayList<>(2);

    HostLinks(DhtHost host, Links.Handler handler) {
        this.host = host;
        this.handler = handler;
        host.links = this;
    }

    /** One end of a link. */
    private static final class Tie {
        final DhtHost other;
        final boolean isOwn;

        Tie(DhtHost other, boolean isOwn) {
            this.other = other;
            this.isOwn = isOwn;
        }
    }

    @Override
    public boolean isUp(PeerId peer) {
        return tie(peer) != null;
    }

    @Override
    public List<PeerId> up() {
        List<PeerId> peers = new ArrayList<>(ties.size());
        for (Tie tie : ties) peers.add(tie.other.where.peer());
        return peers;
    }

    /** Returns where a peer is whose link was dialled from here, or null. */
    @Nullable
    Whereabouts dialled(PeerId peer) {
        Tie tie = tie(peer);
        return tie == null || !tie.isOwn ? null : tie.other.where;
    }

    /** Returns how many links are up. */
    int count() {
        return ties.size();
    }

    @Override
    public boolean send(PeerId peer, Frame frame) {
        Tie tie = tie(peer);
        if (tie == null) return false;
        HostLinks there = tie.other.links;
        if (there == null || !host.world.internet.isOpen(host.number, tie.other.number)) return true;
        in(host.world.internet.delayMillis(host.number, tie.other.number), tie.other, () -> {
            if (there.isUp(host.where.peer())) there.handler.onFrame(host.where.peer(), frame);
        });
        return true;
    }

    @Override
    public void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure) {
        if (isUp(peer) || dialling.contains(peer)) return;
        dialling.add(peer);
        dial(peer, at, 0, onFailure);
    }

    private void dial(PeerId peer, List<Endpoint> at, int index, Consumer<Failure> onFailure) {
        DhtWorld world = host.world;
        world.onDial(host);
        int number = index < at.size() ? Addresses.number(at.get(index)) : -1;
        DhtHost other = world.host(number);
        boolean isThere =
                other != null && other.isHeard() && other.links != null && world.internet.isOpen(host.number, number);
        int millis = DEADLINE_MILLIS;
        if (isThere) {
            millis = 0;
            for (int i = 0; i < ROUND_TRIPS; i++) {
                millis += world.internet.delayMillis(host.number, number)
                        + world.internet.delayMillis(number, host.number);
                if (!world.internet.arrives(host.number, number, 2)) millis += RESEND_MILLIS;
            }
        }
        boolean answers = isThere && millis < DEADLINE_MILLIS;
        in(Math.min(millis, DEADLINE_MILLIS), host, () -> {
            boolean isUpNow = answers
                    && other != null
                    && other.isHeard()
                    && other.where.peer().equals(peer)
                    && world.internet.isOpen(host.number, number);
            if (isUpNow && other != null) {
                dialling.remove(peer);
                tie(other);
                return;
            }
            if (index + 1 < at.size()) {
                dial(peer, at, index + 1, onFailure);
                return;
            }
            dialling.remove(peer);
            onFailure.accept(new Failure(Failure.Code.TIMEOUT));
        });
    }

    private void tie(DhtHost other) {
        HostLinks there = other.links;
        if (there == null || isUp(other.where.peer())) return;
        ties.add(new Tie(other, true));
        in(host.world.internet.delayMillis(host.number, other.number), other, () -> {
            if (there.isUp(host.where.peer()) || !isUp(other.where.peer())) return;
            there.ties.add(new Tie(host, false));
            there.handler.onUp(host.where.peer());
        });
        handler.onUp(other.where.peer());
    }

    @Override
    public void keep(PeerId peer, Standing standing) {}

    @Override
    public void close(PeerId peer, Failure why) {
        Tie tie = tie(peer);
        if (tie == null) return;
        HostLinks there = tie.other.links;
        if (there != null)
            in(host.world.internet.delayMillis(host.number, tie.other.number), tie.other, () -> there.lose(host, why));
        in(0, host, () -> lose(tie.other, why));
    }

    @Override
    public @Nullable LinkView describe(PeerId peer) {
        return null;
    }

    /** The host is gone: the others hear of it from their keep-alive. */
    void vanish() {
        for (Tie tie : ties) {
            HostLinks there = tie.other.links;
            int silence = SILENCE_MILLIS_MIN + host.world.internet.drawn(SILENCE_MILLIS_MAX - SILENCE_MILLIS_MIN);
            if (there != null) in(silence, tie.other, () -> there.lose(host, new Failure(Failure.Code.TIMEOUT)));
        }
        ties.clear();
    }

    /** Every link of this host breaks at once. */
    void breakAll() {
        for (DhtHost other : others()) lose(other, new Failure(Failure.Code.NO_CONNECTION));
    }

    /** Links across a border break when their keep-alive finds out. */
    void breakAcross() {
        for (DhtHost other : others()) {
            if (host.world.internet.isOpen(host.number, other.number)) continue;
            int silence = SILENCE_MILLIS_MIN + host.world.internet.drawn(SILENCE_MILLIS_MAX - SILENCE_MILLIS_MIN);
            in(silence, host, () -> lose(other, new Failure(Failure.Code.TIMEOUT)));
        }
    }

    private List<DhtHost> others() {
        List<DhtHost> others = new ArrayList<>();
        for (Tie tie : ties) others.add(tie.other);
        return others;
    }

    private void lose(DhtHost other, Failure why) {
        Tie tie = tie(other.where.peer());
        if (tie == null) return;
        ties.remove(tie);
        handler.onDown(other.where.peer(), why);
    }

    private @Nullable Tie tie(PeerId peer) {
        for (Tie tie : ties) if (tie.other.where.peer().equals(peer)) return tie;
        return null;
    }

    private void in(int millis, DhtHost at, Runnable what) {
        at.after(java.time.Duration.ofMillis(millis), what);
    }
}
