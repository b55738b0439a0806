package linnet.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.LinkConfig;
import linnet.core.link.Links;
import linnet.core.node.NodeConfig;
import linnet.core.wire.Frame;
import linnet.core.wire.ProbeFrame;
import linnet.jvm.JdkCrypto;
import linnet.jvm.JvmConfig;
import linnet.jvm.LinkHost;

/** Our links, with the defaults of a node but for the numbers of links: probes over WebSocket, Noise and sealed records. */
final class LinkNode implements Peer {
    /** More links than any test holds: limits that protect a node are not what is measured. */
    private static final int LINKS_MAX = 100_000;

    private static final int FRAMES_MAX = 1_000_000;

    private final LinkHost host;
    private final LinkConfig config;
    private final List<Node> nodes = new ArrayList<>();

    LinkNode(int count) {
        host = new LinkHost(JvmConfig.defaults().withBind("127.0.0.1", 0).withConnections(LINKS_MAX, LINKS_MAX));
        LinkConfig defaults = LinkConfig.defaults(NodeConfig.defaults().networkId(new JdkCrypto()));
        config = new LinkConfig(
                defaults.network(),
                LINKS_MAX,
                LINKS_MAX,
                LINKS_MAX,
                FRAMES_MAX,
                FRAMES_MAX,
                defaults.queueFramesMax(),
                defaults.queueBytesMax(),
                defaults.strangers());
        CompletableFuture<Void> joined = new CompletableFuture<>();
        host.run(() -> {
            for (int i = 0; i < count; i++) nodes.add(new Node());
            joined.complete(null);
        });
        joined.join();
    }

    @Override
    public List<String> ids() {
        return nodes.stream().map(node -> node.self.peer().toString()).toList();
    }

    /** Only the first node listens: the others are there to dial. */
    @Override
    public List<String> addresses() {
        return nodes.stream()
                .map(node -> host.endpoint().uri() + '#' + nodes.get(0).self.peer())
                .toList();
    }

    @Override
    public CompletableFuture<Void> dial(String address) {
        return dial(nodes.get(0), address);
    }

    @Override
    public CompletableFuture<long[]> echo(String address, int size, int warm, int count) {
        Node node = nodes.get(0);
        CompletableFuture<long[]> done = new CompletableFuture<>();
        host.run(() -> {
            Echo echo = new Echo(node, peer(address), size, warm, count, done);
            node.doing(echo);
            echo.next();
        });
        return done;
    }

    @Override
    public CompletableFuture<Integer> send(String address, int size, int count) {
        Node node = nodes.get(0);
        CompletableFuture<Integer> done = new CompletableFuture<>();
        host.run(() -> {
            Flood flood = new Flood(node, peer(address), size, count, done);
            node.doing(flood);
            flood.onRoom();
        });
        return done;
    }

    @Override
    public CompletableFuture<Integer> hold(String address) {
        CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
        for (Node node : nodes) {
            all = all.thenCompose(held -> dial(node, address).thenCompose(up -> {
                CompletableFuture<long[]> done = new CompletableFuture<>();
                host.run(() -> {
                    Echo echo = new Echo(node, peer(address), 64, 0, 1, done);
                    node.doing(echo);
                    echo.next();
                });
                return done.thenApply(times -> held + 1);
            }));
        }
        return all;
    }

    private CompletableFuture<Void> dial(Node node, String address) {
        CompletableFuture<Void> up = new CompletableFuture<>();
        host.run(() -> node.dial(peer(address), new Endpoint(address.substring(0, address.indexOf('#'))), up));
        return up;
    }

    private static PeerId peer(String address) {
        return PeerId.parse(address.substring(address.indexOf('#') + 1));
    }

    /** What a node is asked to do at the moment. */
    private interface Task {
        /** The other side answered. */
        void onAnswer(Bytes answer);

        /** There is room for more. */
        void onRoom();

        /** It will not happen. */
        void fail(Failure why);
    }

    /** One identity and its links. On the host's thread. */
    private final class Node implements Links.Handler {
        private final LinkHost.Member self;
        private final Map<PeerId, CompletableFuture<Void>> dialled = new LinkedHashMap<>();
        private final Map<PeerId, Integer> countByPeer = new LinkedHashMap<>();
        private PeerId counted;
        private int count;
        private Task task = new Idle();

        Node() {
            self = host.join(config, this);
            counted = self.peer();
        }

        void dial(PeerId to, Endpoint at, CompletableFuture<Void> up) {
            if (self.links().isUp(to)) {
                up.complete(null);
                return;
            }
            dialled.put(to, up);
            self.links().keep(to, Links.Standing.CONTACT);
            self.links()
                    .open(to, List.of(at), why -> up.completeExceptionally(new IllegalStateException(why.toString())));
        }

        void doing(Task next) {
            task = next;
        }

        boolean send(PeerId to, Bytes bytes) {
            return self.links().send(to, new ProbeFrame(bytes));
        }

        @Override
        public void onUp(PeerId peer) {
            // Strangers may send 20 frames a second, contacts what they like.
            self.links().keep(peer, Links.Standing.CONTACT);
            CompletableFuture<Void> up = dialled.get(peer);
            if (up != null) up.complete(null);
        }

        @Override
        public void onDown(PeerId peer, Failure why) {
            if (dialled.remove(peer) != null) task.fail(why);
        }

        @Override
        public void onFrame(PeerId from, Frame frame) {
            Bytes bytes = ((ProbeFrame) frame).bytes();
            if (dialled.containsKey(from)) task.onAnswer(bytes);
            else if (bytes.at(0) == Probes.PING) send(from, bytes);
            else if (bytes.at(0) == Probes.END) send(from, Bytes.wrap(Probes.count(take(from))));
            else count(from);
        }

        @Override
        public void onRoom(PeerId peer) {
            task.onRoom();
        }

        /** One sender at a time is the usual case, and costs no look into the map. */
        private void count(PeerId from) {
            if (!from.equals(counted)) {
                countByPeer.put(counted, count);
                counted = from;
                count = countByPeer.getOrDefault(from, 0);
            }
            count++;
        }

        private int take(PeerId from) {
            int taken = from.equals(counted) ? count : countByPeer.getOrDefault(from, 0);
            if (from.equals(counted)) count = 0;
            else countByPeer.remove(from);
            return taken;
        }
    }

    private static final class Idle implements Task {
        @Override
        public void onAnswer(Bytes answer) {}

        @Override
        public void onRoom() {}

        @Override
        public void fail(Failure why) {}
    }

    private static final class Echo implements Task {
        private final Node node;
        private final PeerId to;
        private final Bytes message;
        private final long[] nanos;
        private final CompletableFuture<long[]> done;
        private int left;
        private long sent;

        Echo(Node node, PeerId to, int size, int warm, int count, CompletableFuture<long[]> done) {
            this.node = node;
            this.to = to;
            this.message = Bytes.wrap(Probes.of(Probes.PING, size));
            this.nanos = new long[count];
            this.left = warm + count;
            this.done = done;
        }

        void next() {
            sent = System.nanoTime();
            if (!node.send(to, message))
                done.completeExceptionally(new IllegalStateException("no room for one message"));
        }

        @Override
        public void onAnswer(Bytes answer) {
            left--;
            if (left < nanos.length) nanos[left] = System.nanoTime() - sent;
            if (left == 0) done.complete(nanos);
            else next();
        }

        @Override
        public void onRoom() {}

        @Override
        public void fail(Failure why) {
            done.completeExceptionally(new IllegalStateException(why.toString()));
        }
    }

    private static final class Flood implements Task {
        private final Node node;
        private final PeerId to;
        private final Bytes message;
        private final CompletableFuture<Integer> done;
        private int left;
        private boolean asked;

        Flood(Node node, PeerId to, int size, int count, CompletableFuture<Integer> done) {
            this.node = node;
            this.to = to;
            this.message = Bytes.wrap(Probes.of(Probes.COUNTED, size));
            this.left = count;
            this.done = done;
        }

        @Override
        public void onRoom() {
            while (left > 0) {
                if (!node.send(to, message)) return;
                left--;
            }
            if (!asked) asked = node.send(to, Bytes.wrap(Probes.of(Probes.END, 1)));
        }

        @Override
        public void onAnswer(Bytes answer) {
            done.complete(Probes.count(answer));
        }

        @Override
        public void fail(Failure why) {
            done.completeExceptionally(new IllegalStateException(why.toString()));
        }
    }
}
