package linnet.bench.message;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import linnet.bench.peer.Line;
import linnet.bench.peer.LineLoop;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.UserId;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.jvm.Home;
import linnet.jvm.JvmConfig;
import linnet.jvm.JvmNode;
import linnet.jvm.Subscription;

/** A whole node in a process of its own, told by lines what to measure: {@code invite}, {@code add}, {@code met}, {@code send}, and the parts alone. */
public final class MessageNode implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path home;
    private final JvmNode node;
    private final LinkedBlockingQueue<Event> heard = new LinkedBlockingQueue<>();

    private MessageNode(Path home) {
        this.home = home;
        JvmConfig config = JvmConfig.defaults()
                .withNode(new NodeConfig(
                        // The network of the program itself, which opens these homes too.
                        String.valueOf(home.getFileName()),
                        NodeConfig.defaults().network(),
                        true))
                .withBind("127.0.0.1", 0);
        node = JvmNode.start(Home.exists(home) ? Home.open(home, null) : Home.create(home, null), config);
    }

    /** Runs a node in a home, made if there is none, until standard input ends. */
    public static void run(Path home) throws IOException {
        try (MessageNode measured = new MessageNode(home)) {
            try (Subscription contacts = measured.node.events(0, event -> {
                if (event.event() instanceof Event.ContactChanged) measured.heard.add(event.event());
            })) {
                LineLoop.run(",\"ids\":[\"" + measured.node.user() + "\"],\"addrs\":[\"\"]", measured::answer);
            }
        }
    }

    @Override
    public void close() {
        node.close();
    }

    private String answer(String command, Line line) throws Exception {
        return switch (command) {
            case "invite" -> ",\"link\":\"" + ok(n -> n.invite(TimeUnit.HOURS.toMillis(1))) + '"';
            case "add" -> ",\"user\":\"" + ok(n -> n.add(line.text("link"))) + '"';
            case "met" -> {
                await(event -> event instanceof Event.ContactChanged changed
                        && changed.state() == Event.ContactState.ACCEPTED);
                yield "";
            }
            case "send" -> send(line);
            case "threads" -> threads();
            case "commits" -> LineLoop.field("us", RawCommits.micros(home, line.number("n")));
            case "limit" -> {
                double seconds = Alone.run(
                        home, Alone.Side.valueOf(line.text("side")), line.number("n"), line.number("together"));
                yield ",\"seconds\":" + seconds;
            }
            case "seal" -> ",\"us\":" + SealCost.microsEach(line.number("n"));
            default -> throw new IllegalArgumentException("not supported: " + command);
        };
    }

    private String send(Line line) throws ExecutionException, InterruptedException, TimeoutException {
        Deliveries deliveries =
                new Deliveries(node, UserId.parse(line.text("to")), line.number("n"), line.number("inflight"));
        long[] nanos = deliveries.run();
        for (int i = 0; i < nanos.length; i++) nanos[i] /= NANOS_PER_MICRO;
        return ",\"seconds\":" + deliveries.nanos() / NANOS_PER_SECOND + LineLoop.field("us", nanos);
    }

    /** Returns the processor time of the core's thread and of the threads behind the disk, in microseconds. */
    private static String threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long core = 0;
        long disk = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info == null) continue;
            long nanos = Math.max(0, threads.getThreadCpuTime(id));
            if (info.getThreadName().startsWith("linnet-node")) core += nanos;
            if (info.getThreadName().startsWith("linnet-disk")
                    || info.getThreadName().startsWith("linnet-events")) disk += nanos;
        }
        return ",\"core_us\":" + core / NANOS_PER_MICRO + ",\"disk_us\":" + disk / NANOS_PER_MICRO;
    }

    private <T> T ok(Function<Node, Result<T>> command)
            throws ExecutionException, InterruptedException, TimeoutException {
        Result<T> result = node.callDurably(command).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result instanceof Result.Ok<T> ok) return ok.value();
        throw new IllegalStateException(String.valueOf(result));
    }

    private void await(Predicate<Event> wanted) throws InterruptedException, TimeoutException {
        for (Event event = next(); !wanted.test(event); ) event = next();
    }

    private Event next() throws InterruptedException, TimeoutException {
        Event event = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) throw new TimeoutException("nobody became a contact");
        return event;
    }
}
