package linnet.sim.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.bootstrap.Bootstrap;
import linnet.core.bootstrap.BootstrapConfig;
import linnet.core.bootstrap.Network;
import linnet.core.env.Failure;
import linnet.core.id.PeerId;
import linnet.core.link.Links;
import linnet.core.wire.Frame;
import linnet.core.wire.Whereabouts;

/** A peer that makes links as well: joins by its seeds, keeps a few links to anybody, and comes back when it lost them. */
final class MeshPeer implements Links.Handler, Network {
    final DhtPeer peer;
    final HostLinks links;
    private final Bootstrap bootstrap;
    private final List<PeerId> seeds = new ArrayList<>();
    private final long startMillis;
    private long threeMillis = -1;
    private long sinceMillis;

    MeshPeer(DhtPeer peer, BootstrapConfig config, List<Whereabouts> seeds) {
        this.peer = peer;
        this.links = new HostLinks(peer.host, this);
        for (Whereabouts seed : seeds) this.seeds.add(seed.peer());
        this.bootstrap = new Bootstrap(peer.host.where.peer(), config, peer.host, links, this, seeds);
        this.startMillis = peer.host.nowMillis();
        this.sinceMillis = startMillis;
    }

    /** Begins to join. */
    void start() {
        peer.dht.start();
        bootstrap.start();
    }

    /** Begins to wait anew for three links. */
    void watch() {
        sinceMillis = peer.host.nowMillis();
        threeMillis = -1;
        look();
    }

    /** Returns how long it took to three links to peers that are no seeds, or -1 while there are fewer. */
    long threeMillis() {
        return threeMillis;
    }

    private void look() {
        if (threeMillis >= 0) return;
        int others = 0;
        for (PeerId up : links.up()) if (!seeds.contains(up)) others++;
        if (others >= 3) threeMillis = peer.host.nowMillis() - sinceMillis;
    }

    @Override
    public void onUp(PeerId other) {
        peer.dht.onUp(other);
        bootstrap.onUp(other, links.dialled(other));
        look();
    }

    @Override
    public void onDown(PeerId other, Failure why) {
        peer.dht.onDown(other);
        bootstrap.onDown(other, why);
    }

    @Override
    public void onFrame(PeerId from, Frame frame) {}

    @Override
    public void onRoom(PeerId other) {}

    @Override
    public void seed(List<Whereabouts> peers) {
        peer.dht.seed(peers);
    }

    @Override
    public boolean isJoined() {
        return peer.dht.isAnnounced();
    }

    @Override
    public List<Whereabouts> near(int count) {
        return peer.dht.neighbours(count);
    }

    @Override
    public List<Whereabouts> anybody(int count) {
        return peer.dht.anybody(count);
    }

    @Override
    public List<Whereabouts> heard(long withinMillis) {
        return peer.dht.heard(withinMillis);
    }

    @Override
    public void onRecovered() {
        peer.dht.onWindow();
    }
}
