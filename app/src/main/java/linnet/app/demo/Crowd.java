package linnet.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import linnet.core.dht.Dht;
import linnet.core.dht.Found;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.env.Result;
import linnet.core.id.PeerId;
import linnet.core.node.NodeConfig;
import linnet.jvm.Home;
import linnet.jvm.JvmConfig;
import linnet.jvm.JvmNode;
import linnet.jvm.Surroundings;

/**
 * A network around the actors: nodes of this process, each with a home, a socket and a port of its own, and without an API. Everyone takes
 * an invite of the one before, and finds the others by itself.
 */
final class Crowd implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "Dora", "Emil", "Frida", "Georg", "Hanna", "Igor", "Jana", "Karim", "Lena", "Malik", "Nora", "Otto",
            "Paula");

    /** SPEC R4: with three links a node that loses two is not alone. */
    private static final int LINKS = 3;

    private static final long INVITE_MILLIS = 3_600_000;
    private static final long WAIT_SECONDS = 60;
    private static final long LOOK_MILLIS = 20;

    /** Lookups of each node, for the next ones in the row: none of them is a contact. */
    private static final int LOOKUPS = 3;

    private final Path folder;
    private final String network;
    private final List<JvmNode> nodes = new ArrayList<>();
    private boolean closed;

    Crowd(Path folder, String network) {
        this.folder = folder;
        this.network = network;
    }

    /**
     * What the crowd's own figures are.
     *
     * @param knownMin how many peers the one knows that knows fewest
     * @param foundShare lookups that ended at the peer itself
     */
    record Figures(int knownMin, double foundShare, double lookupP50Millis) {}

    /** So many enter one after the other, the first by this invite. */
    void enter(int count, String first) throws IOException {
        String invite = first;
        for (int i = 0; i < count; i++) {
            String link = invite;
            JvmNode node = start(nameOf(i));
            ok(node.callDurably(there -> there.add(link)).join());
            invite = ok(node.callDurably(there -> there.invite(INVITE_MILLIS)).join());
        }
    }

    private static String nameOf(int index) {
        String name = NAMES.get(index % NAMES.size());
        return index < NAMES.size() ? name : name + " " + (index / NAMES.size() + 1);
    }

    private synchronized JvmNode start(String name) throws IOException {
        if (closed) throw new IOException("the demo has ended");
        Path home = folder.resolve(name.toLowerCase(Locale.ROOT).replace(' ', '-'));
        Files.createDirectories(home.getParent());
        JvmConfig config = JvmConfig.defaults()
                .withNode(new NodeConfig(name, network, true))
                .withBind("127.0.0.1", 0);
        JvmNode node = JvmNode.start(Home.create(home, null), config);
        nodes.add(node);
        return node;
    }

    /** Waits until everyone has three links; returns whether that was in time. */
    boolean awaitLinks() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        for (JvmNode node : nodes)
            while (around(node).links().size() < LINKS) {
                if (System.nanoTime() > deadline) return false;
                // Links of strangers are told by no event.
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        return true;
    }

    /** Everyone looks for others that are no contacts of theirs, by asking the network. */
    Figures measure() {
        List<Long> millis = new ArrayList<>();
        int wanted = 0;
        int found = 0;
        int knownMin = Integer.MAX_VALUE;
        for (int i = 0; i < nodes.size(); i++) {
            knownMin = Math.min(knownMin, known(nodes.get(i)));
            for (int j = 2; j < 2 + LOOKUPS; j++) {
                PeerId whom = nodes.get((i + j) % nodes.size()).peer();
                if (whom.equals(nodes.get(i).peer())) continue;
                wanted++;
                long began = System.nanoTime();
                boolean isFound = finds(nodes.get(i), whom);
                if (isFound) millis.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
                if (isFound) found++;
            }
        }
        millis.sort(null);
        double p50 = millis.isEmpty() ? 0 : millis.get(millis.size() / 2) / 1_000.0;
        return new Figures(nodes.isEmpty() ? 0 : knownMin, wanted == 0 ? 1 : (double) found / wanted, p50);
    }

    private static int known(JvmNode node) {
        Surroundings.Table table = around(node).table();
        return table == null ? 0 : table.rows().size();
    }

    private static boolean finds(JvmNode node, PeerId whom) {
        CompletableFuture<Found> done = new CompletableFuture<>();
        node.call(there -> {
                    Dht dht = there.dht();
                    if (dht == null) throw new IllegalStateException("a node of the demo without packets");
                    dht.nearest(whom.key(), Purpose.WAITED, LookupTrace.NONE, done::complete);
                    return true;
                })
                .join();
        return done.join().nearest().stream().anyMatch(near -> near.peer().equals(whom));
    }

    private static Surroundings around(JvmNode node) {
        return node.surroundings().join();
    }

    private static <T> T ok(Result<T> result) throws IOException {
        if (result instanceof Result.Ok<T> ok) return ok.value();
        throw new IOException("a node of the demo was refused: " + result);
    }

    @Override
    public void close() {
        List<JvmNode> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(nodes);
        }
        all.parallelStream().forEach(JvmNode::close);
    }
}
