package linnet.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linnet.bench.dht.DhtNodes;
import linnet.bench.message.MessageNode;

/**
 * {@code linnet bench-node --nodes N [--bootstrap ADDRESS] [--limit]}: answers one JSON line for each on standard input, so that our
 * links are measured by the same programs as others'. Links need no network, so the bootstrap is not dialled and
 * {@code reach} takes the address. With {@code --limit} the messages go through Netty and a cipher only, with {@code --message HOME}
 * it is a whole node for {@code bench message}, with {@code --network} whole nodes that join each other for {@code bench dht}.
 *
 * <p>Not a verb of the command line's library, whose start would be measured with it.
 */
public final class BenchNode {
    /** The name of the verb, which the help does not show. */
    public static final String VERB = "bench-node";

    private static final long ANSWER_SECONDS = 110;
    private static final int PROOF_BYTES = 64;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Peer peer;

    private BenchNode(Peer peer) {
        this.peer = peer;
    }

    /** Runs until standard input ends, and ends the process. */
    public static void main(String[] args) throws IOException {
        int nodes = 1;
        boolean limit = false;
        String home = "";
        String bootstrap = "";
        boolean network = false;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--nodes" -> nodes = Integer.parseInt(args[++i]);
                case "--bootstrap" -> bootstrap = args[++i];
                case "--limit" -> limit = true;
                case "--network" -> network = true;
                case "--message" -> home = args[++i];
                default -> throw new IllegalArgumentException("what is " + args[i] + "?");
            }
        }
        if (network) DhtNodes.run(nodes, bootstrap);
        else if (home.isEmpty()) new BenchNode(limit ? new LimitNode() : new LinkNode(nodes)).run();
        else MessageNode.run(Path.of(home));
        // Nobody waits for goodbyes of a measurement.
        Runtime.getRuntime().halt(0);
    }

    private void run() throws IOException {
        String ids = ",\"ids\":[\"" + String.join("\",\"", peer.ids()) + "\"]";
        String addresses = ",\"addrs\":[\"" + String.join("\",\"", peer.addresses()) + "\"]";
        LineLoop.run(ids + addresses, this::answer);
    }

    private String answer(String command, Line line) throws ExecutionException, TimeoutException, InterruptedException {
        return switch (command) {
            case "echo" -> echo(line);
            case "send" -> send(line);
            case "reach" -> {
                long from = System.nanoTime();
                wait(peer.dial(line.text("addr")));
                wait(peer.echo(line.text("addr"), PROOF_BYTES, 0, 1));
                yield ",\"us\":" + (System.nanoTime() - from) / NANOS_PER_MICRO + ",\"at_us\":" + LineLoop.micros();
            }
            case "hold" -> {
                long from = System.nanoTime();
                int held = wait(peer.hold(line.text("to")));
                yield ",\"ok\":" + held + ",\"us\":" + (System.nanoTime() - from) / NANOS_PER_MICRO;
            }
            case "rss" -> Memory.afterCollection();
            default -> throw new IllegalArgumentException("not supported: " + command);
        };
    }

    private String echo(Line line) throws ExecutionException, TimeoutException, InterruptedException {
        String to = line.text("to");
        wait(peer.dial(to));
        long[] nanos = wait(peer.echo(to, line.number("size"), line.number("warm"), line.number("n")));
        return LineLoop.field(
                "us",
                Arrays.stream(nanos)
                        .map(each -> (each + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO)
                        .toArray());
    }

    private String send(Line line) throws ExecutionException, TimeoutException, InterruptedException {
        String to = line.text("to");
        wait(peer.dial(to));
        long from = System.nanoTime();
        int got = wait(peer.send(to, line.number("size"), line.number("n")));
        return ",\"seconds\":" + (System.nanoTime() - from) / NANOS_PER_SECOND + ",\"got\":" + got;
    }

    private static <T> T wait(CompletableFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
