package linnet.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code linnet bench-node --nodes N [--bootstrap ADDRESS] [--limit]}: answers one JSON line for each on standard input, so that our
 * links are measured by the same programs as others'. There is nothing to join yet, so the bootstrap is not dialled and
 * {@code reach} takes the address. With {@code --limit} the messages go through Netty and a cipher only.
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
    private final PrintStream out;

    private BenchNode(Peer peer, PrintStream out) {
        this.peer = peer;
        this.out = out;
    }

    /** Runs until standard input ends, and ends the process. */
    public static void main(String[] args) throws IOException {
        int nodes = 1;
        boolean limit = false;
        for (int i = 1; i < args.length; i++) {
            if (args[i].equals("--nodes")) nodes = Integer.parseInt(args[++i]);
            else if (args[i].equals("--bootstrap")) i++;
            else if (args[i].equals("--limit")) limit = true;
            else throw new IllegalArgumentException("what is " + args[i] + "?");
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        new BenchNode(limit ? new LimitNode() : new LinkNode(nodes), out).run();
        // Nobody waits for goodbyes of a measurement.
        Runtime.getRuntime().halt(0);
    }

    private void run() throws IOException {
        say(
                "ready",
                ",\"us\":" + micros() + ",\"ids\":[\"" + String.join("\",\"", peer.ids()) + "\"],\"addrs\":[\""
                        + String.join("\",\"", peer.addresses()) + "\"]");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            Line line = new Line(text);
            String command = line.text("cmd");
            if (command.equals("exit")) return;
            try {
                say(command, answer(command, line));
            } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
                say(command, ",\"error\":\"" + e.toString().replace('"', '\'') + '"');
            }
        }
    }

    private void say(String event, String fields) {
        out.print("{\"ev\":\"" + event + '"' + fields + "}\n");
        out.flush();
    }

    private String answer(String command, Line line) throws ExecutionException, TimeoutException, InterruptedException {
        return switch (command) {
            case "echo" -> echo(line);
            case "send" -> send(line);
            case "reach" -> {
                long from = System.nanoTime();
                wait(peer.dial(line.text("addr")));
                wait(peer.echo(line.text("addr"), PROOF_BYTES, 0, 1));
                yield ",\"us\":" + (System.nanoTime() - from) / NANOS_PER_MICRO + ",\"at_us\":" + micros();
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
        StringJoiner times = new StringJoiner(",", ",\"us\":[", "]");
        for (long nanos : wait(peer.echo(to, line.number("size"), line.number("warm"), line.number("n"))))
            times.add(Long.toString(Math.round((double) nanos / NANOS_PER_MICRO)));
        return times.toString();
    }

    private String send(Line line) throws ExecutionException, TimeoutException, InterruptedException {
        String to = line.text("to");
        wait(peer.dial(to));
        long from = System.nanoTime();
        int got = wait(peer.send(to, line.number("size"), line.number("n")));
        return ",\"seconds\":" + (System.nanoTime() - from) / NANOS_PER_SECOND + ",\"got\":" + got;
    }

    private static <T> T wait(java.util.concurrent.CompletableFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static long micros() {
        return System.nanoTime() / NANOS_PER_MICRO;
    }
}
