package linnet.jvm;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.dht.Dht;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.node.Node;
import linnet.core.node.Tap;
import linnet.core.wire.Whereabouts;
import linnet.jvm.datagram.UdpSocket;
import linnet.jvm.websocket.WebSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole nodes over real sockets with nothing on disk: many on one thread, each with an identity, sockets, ciphers and a store in memory of its
 * own. It is how the network is measured by itself, as {@link LinkHost} is for one link.
 */
public final class NodeHost implements AutoCloseable {
    private static final long STOP_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final Loop loop = new Loop(new Inputs());

    /** Creates a host without nodes. */
    public NodeHost() {
        // The loop is all there is.
    }

    /**
     * Starts a node with a fresh identity, which joins by those it is told of. Blocks while sockets are opened; not on the host's thread.
     *
     * @param address where it listens and what it tells others: an address of this machine
     */
    public CompletableFuture<Member> join(String address, List<Whereabouts> seeds) {
        JvmConfig config = JvmConfig.defaults().withBind(address, 0);
        UdpSocket udp = new UdpSocket(loop.thread(), loop::hear);
        WebSockets sockets = new WebSockets(config, loop.thread(), loop::hear);
        CompletableFuture<Member> joined = new CompletableFuture<>();
        Incoming incoming = new Incoming();
        int port = sockets.listen(remote -> incoming.node().incoming(remote));
        List<Endpoint> endpoints = Addresses.endpoints(config, port, udp.open(address, 0));
        loop.post(() -> {
            Crypto crypto = new JdkCrypto();
            Identity identity = Identity.create(crypto);
            JvmHost host = new JvmHost(loop, new MemoryStore(), sockets, udp);
            Node node = new Node(config.node(), identity, host, crypto, host, Tap.NONE, event -> {});
            incoming.node = node;
            node.start();
            node.listening(endpoints);
            loop.post(() -> {
                sockets.takeIn();
                udp.hear(node::onPacket);
                Dht dht = node.dht();
                if (dht == null) throw new AssertionError("a host with packets has a table");
                dht.seed(seeds);
                Whereabouts where =
                        new Whereabouts(node.peer(), crypto.agreementPublic(identity.linkSecret()), endpoints);
                joined.complete(new Member(node, dht, where));
            });
        });
        return joined;
    }

    /**
     * One node of this host.
     *
     * @param node to be used on the host's thread only
     * @param dht its table, on the host's thread only
     * @param where how others find it
     */
    public record Member(Node node, Dht dht, Whereabouts where) {
        /** Returns its name. */
        public PeerId peer() {
            return where.peer();
        }
    }

    /** Runs an input on the host's thread. */
    public void run(Runnable input) {
        loop.post(input);
    }

    /** Closes every socket; nobody is told. */
    @Override
    public void close() {
        loop.stop();
        loop.join(STOP_MILLIS);
    }

    /** The node behind a listener that is opened before it. */
    private static final class Incoming {
        private @Nullable Node node;

        Node node() {
            if (node == null) throw new IllegalStateException("nobody is taken in before the node is there");
            return node;
        }
    }

    private static final class Inputs implements Loop.Owner {
        @Override
        public void onFinished() {}

        @Override
        public void onEscaped(Throwable error) {
            LOG.atError().setCause(error).log("input.dropped");
        }

        @Override
        public void onDied(Throwable error) {
            LOG.atError().setCause(error).log("loop.died");
        }
    }

    /** What a node keeps, until it ends. */
    private final class MemoryStore implements Store {
        private final TreeMap<String, TreeMap<String, Bytes>> tables = new TreeMap<>();

        @Override
        public void put(String table, String key, @Nullable Bytes value) {
            TreeMap<String, Bytes> rows = tables.computeIfAbsent(table, name -> new TreeMap<>());
            if (value == null) rows.remove(key);
            else rows.put(key, value);
        }

        @Override
        public @Nullable Bytes get(String table, String key) {
            TreeMap<String, Bytes> rows = tables.get(table);
            return rows == null ? null : rows.get(key);
        }

        @Override
        public void forEach(String table, BiConsumer<String, Bytes> visitor) {
            TreeMap<String, Bytes> rows = tables.get(table);
            if (rows != null) rows.forEach(visitor);
        }

        @Override
        public void sync(Runnable durable) {
            loop.post(durable);
        }
    }
}
