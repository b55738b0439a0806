package linnet.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.link.LinkConfig;
import linnet.core.link.LinkPool;
import linnet.core.link.Links;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactCodec;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Frame;
import linnet.core.wire.Writer;
import linnet.sim.scenario.NodeProgram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a simulated node, contact and link cost, so that large runs fit (DESIGN 13): printed, and bounded against growth. */
class MemoryCostTest {
    private static final int NODES = 400;
    private static final int CONTACTS = 20;
    private static final int LINKS = 8;
    private static final int SECOND = 1_000;
    private static final int NODE_BYTES_MAX = 8 << 10;
    private static final int LINK_BYTES_MAX = 2 << 10;

    /** The aim is 64 B, with cards and lanes that the host shares; today each node decodes its own. */
    private static final int CONTACT_BYTES_MAX = 2 << 10;

    private final World world = new World();
    private final Network network = new Network(world, new Trace(world, null), new Seed(1));
    private final List<SimHost> hosts = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();

    @Test
    void anIdleNodeFitsInto8KiBWithItsHost() {
        long cost = cost(NODES, () -> addNodes(List.of()));
        System.out.println("idle node: " + cost + " B");
        assertThat(cost).isLessThanOrEqualTo(NODE_BYTES_MAX);
    }

    @Test
    void aContactCostsWhatANodeDecodesOfIt() {
        List<Bytes> rows = new ArrayList<>();
        for (int i = 0; i < CONTACTS; i++) rows.add(contactRow(i));
        long idle = cost(NODES, () -> addNodes(List.of()));
        long cost = (cost(NODES, () -> addNodes(rows)) - idle) / CONTACTS;
        System.out.println("contact: " + cost + " B");
        assertThat(cost).isLessThanOrEqualTo(CONTACT_BYTES_MAX);
    }

    @Test
    void aLinkFitsInto2KiBWithItsChannel() {
        for (int i = 0; i < NODES; i++) addPool();
        // The way between two hosts is there with and without a link.
        for (int i = 0; i < NODES; i++) for (int k = 1; k <= LINKS / 2; k++) touchPaths(i, (i + k) % NODES);
        long cost = cost(NODES * LINKS, () -> {
            for (int i = 0; i < NODES; i++) for (int k = 1; k <= LINKS / 2; k++) open(i, (i + k) % NODES);
        });
        for (Pool pool : pools) assertThat(pool.links.up()).hasSize(LINKS);
        System.out.println("link: " + cost + " B");
        assertThat(cost).isLessThanOrEqualTo(LINK_BYTES_MAX);
    }

    /** Returns what is kept more after {@code what} and a while, for each of so many. */
    private long cost(int count, Runnable what) {
        long before = usedBytes();
        what.run();
        run(90 * SECOND);
        return (usedBytes() - before) / count;
    }

    private void addNodes(List<Bytes> contactRows) {
        for (int i = 0; i < NODES; i++) {
            Identity[] identity = new Identity[1];
            SimHost host = add(made -> new NodeProgram(made, identity[0], "guest"));
            identity[0] = Identity.create(host.crypto());
            host.input(host.life(), () -> {
                for (Bytes row : contactRows) host.store().put("contact", "contact-" + contactRows.indexOf(row), row);
            });
            host.start();
        }
    }

    /** A row as nodes write it; all nodes get the same bytes, as a host that interns cards would give them. */
    private static Bytes contactRow(int number) {
        Crypto crypto = new SeededCrypto(new FastCrypto(), new Seed(7).secret(number), new NonceWatch(), why -> {});
        Identity identity = Identity.create(crypto);
        Bundle bundle = Bundle.sign(crypto, identity, 1, crypto.random(Key.BYTES), 1, List.of());
        DeviceList devices = DeviceList.sign(crypto, identity, 1, List.of(bundle.devicePublic()));
        Bytes card = ContactCodec.encode(new Card("contact " + number, devices, List.of(bundle)));
        return new Writer()
                .uint(1, 1)
                .uint(2, 2)
                .uint(3, 0)
                .uint(4, 0)
                .bytes(5, card)
                .toBytes();
    }

    private void touchPaths(int one, int other) {
        network.path(one, other);
        network.path(other, one);
    }

    private void open(int from, int to) {
        List<Endpoint> at = List.of(Network.endpoint(to));
        hosts.get(from).call(() -> pools.get(from).links.open(pools.get(to).peer, at, why -> {}));
    }

    private void addPool() {
        SimHost host = add(Pool::new);
        host.start();
    }

    private SimHost add(Program.Maker maker) {
        SimHost host = new SimHost(network, new Nobody(), new Seed(1), hosts.size(), "guest", new FastCrypto(), maker);
        hosts.add(host);
        return host;
    }

    private void run(long millis) {
        long until = world.nowMillis() + millis;
        while (world.step(until)) {}
        world.rest(until);
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** A host with links and nothing above them. */
    private final class Pool implements Program {
        private static final NetworkId NETWORK = new NetworkId(Key.of(Bytes.wrap(new byte[Key.BYTES])));

        private final LinkPool links;
        private final PeerId peer;

        Pool(SimHost host) {
            Identity identity = Identity.create(host.crypto());
            peer = Identity.peerId(host.crypto(), host.crypto().signingPublic(identity.deviceSeed()));
            links = new LinkPool(identity, LinkConfig.defaults(NETWORK), host, host.crypto(), host, new Deaf(), 1);
            pools.add(this);
        }

        @Override
        public void start() {}

        @Override
        public void stop() {
            links.stop();
        }

        @Override
        public Result<Channel.Listener> incoming(String remoteAddress) {
            return links.incoming(remoteAddress);
        }
    }

    private static final class Deaf implements Links.Handler {
        @Override
        public void onUp(PeerId peer) {}

        @Override
        public void onDown(PeerId peer, Failure why) {}

        @Override
        public void onFrame(PeerId from, Frame frame) {}

        @Override
        public void onRoom(PeerId peer) {}
    }

    /** Watches nothing, and so keeps nothing. */
    private static final class Nobody implements Watch {
        @Override
        public void onEvent(SimHost host, Event event) {}

        @Override
        public void onLog(SimHost host, String name, Object[] keysAndValues) {}

        @Override
        public void onSend(SimHost host, PeerId to, Frame frame) {}

        @Override
        public void onReceive(SimHost host, PeerId from, Frame frame) {}

        @Override
        public void onPut(SimHost host, String table, @Nullable Bytes value) {}

        @Override
        public void onBroken(SimHost host, String rule, String what) {
            throw new AssertionError(rule + ": " + what);
        }

        @Override
        public void onHappening(SimHost host, Happening what) {}

        @Override
        public void onInputDone(SimHost host) {}
    }
}
