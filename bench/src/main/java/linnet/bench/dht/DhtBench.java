package linnet.bench.dht;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import linnet.app.cli.CommandFailure;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.ComparingVerb;
import linnet.bench.Samples;
import linnet.bench.peer.PeerProcess;
import linnet.bench.peer.PeerSystem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code linnet bench dht}: many real nodes in one process, packets over the loopback device; values are put, got by others, and peers are
 * searched, one after the other, beside other systems in the same run. Then what a node more costs, how soon a newcomer finds somebody,
 * and what idle nodes say.
 */
@Command(name = "dht", description = "Measure the network of many nodes in one process, beside others.")
public final class DhtBench extends ComparingVerb {
    private static final String LINNET = "linnet";
    private static final String HYPERDHT = "hyperdht";
    private static final String OPENDHT = "opendht";
    private static final String JS_LIBP2P = "js_libp2p";

    private static final String PUT = "put_p50_ms";
    private static final String GET = "get_p50_ms";
    private static final String FIND = "find_p50_ms";
    private static final String CPU = "cpu_ms_per_op_triple";

    private static final int VALUE_BYTES = 512;

    /** Operations asked for at once while a system warms up. */
    private static final int WARM_STEP = 20;

    /** A system that is so slow that this passes is warm by then. */
    private static final long WARM_SECONDS = 40;

    /** What the line protocol allows for operations. */
    private static final long PATIENCE_SECONDS = 600;

    /** The size of a network that the goals are about. */
    private static final int GOAL_NODES = 64;

    private static final int NEWCOMERS = 20;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    @Option(
            names = "--nodes",
            split = ",",
            defaultValue = "16,64",
            paramLabel = "<n>",
            description = "Nodes of each network; default ${DEFAULT-VALUE}.")
    List<Integer> nodes = List.of();

    @Option(
            names = "--ops",
            defaultValue = "150",
            paramLabel = "<n>",
            description = "Operations of each kind that are measured; default ${DEFAULT-VALUE}.")
    int operations;

    @Option(
            names = "--warm",
            defaultValue = "2000",
            paramLabel = "<n>",
            description = "Operations of each kind before those, or as many as 40 s allow; default ${DEFAULT-VALUE}.")
    int warm;

    @Option(
            names = "--idle-seconds",
            defaultValue = "120",
            paramLabel = "<n>",
            description = "For how long idle nodes are listened to; 0 leaves that out. Default ${DEFAULT-VALUE}.")
    int idleSeconds;

    private long failed;

    @Override
    protected int run() throws IOException, InterruptedException, CommandFailure {
        checkRounds();
        if (nodes.isEmpty() || nodes.stream().anyMatch(count -> count < 2))
            throw CommandFailure.usage("--nodes are at least 2");
        if (operations < 1 || warm < 0 || idleSeconds < 0)
            throw CommandFailure.usage("--ops is at least 1, --warm and --idle-seconds at least 0");
        List<PeerSystem> others = others("hyperdht", "opendht", "js-libp2p");
        for (int round = 1; round <= rounds; round++) {
            for (int count : nodes) {
                measure(round, PeerSystem.network(), count);
                for (PeerSystem other : others) measureIfItCan(round, other, count);
            }
        }
        Report report = medians(compared("bench dht", others)
                .config("nodes", nodes.toString())
                .config("ops", operations)
                .config("warm", warm)
                .config("value_bytes", VALUE_BYTES));
        report.figure("failed", failed).goal(Goal.exactly("failed", 0));
        for (int count : nodes) compare(report, count);
        say("a node more, and newcomers ...");
        alone(report);
        if (idleSeconds > 0) {
            say("listening to idle nodes ...");
            IdleTraffic.measure(idleSeconds)
                    .ifPresentOrElse(
                            bytes -> report.figure("idle_kb_per_node_minute", bytes / IdleTraffic.KILO)
                                    .goal(Goal.atMost("idle_kb_per_node_minute", 6)),
                            () -> say(
                                    "no network of its own can be made here (Linux, root): idle traffic is left out"));
        }
        return report.print(System.out, wantsJson());
    }

    /** On a busy machine others run into deadlines of their own; a round without them is no reason to give up. */
    private void measureIfItCan(int round, PeerSystem other, int count) throws InterruptedException {
        try {
            measure(round, other, count);
        } catch (IOException e) {
            say(other.name() + " was not measured in round " + round + ": " + e.getMessage());
        }
    }

    private void measure(int round, PeerSystem system, int count) throws IOException, InterruptedException {
        try (PeerProcess process = PeerProcess.start(system, -1, count, null).awaitReady()) {
            TimeUnit.MILLISECONDS.sleep(system.settleMillis());
            warm(process);
            int ops = system.operations(operations);
            double before = process.cpuSeconds();
            Map<String, @Nullable Object> answer = operate(process, ops);
            double cpu = (process.cpuSeconds() - before) * MILLIS_PER_SECOND / ops;
            // Whatever is missing ends this round before anything of it is noted.
            Map<String, List<Double>> times = new LinkedHashMap<>();
            for (String kind : List.of("put", "get", "find")) times.put(kind, millis(answer, kind));
            String name = system.name() + '_' + count + '_';
            StringBuilder line = new StringBuilder("round " + round + ' ' + system.name() + ' ' + count + " nodes:");
            for (Map.Entry<String, List<Double>> time : times.entrySet()) {
                String kind = time.getKey();
                List<Double> millis = time.getValue();
                if (system.name().equals(LINNET)) failed += ops - millis.size();
                if (millis.isEmpty()) continue;
                double p50 = Samples.median(millis);
                double p99 = Samples.at(millis, 0.99);
                note(round, name + kind + "_p50_ms", p50);
                note(round, name + kind + "_p99_ms", p99);
                line.append(String.format(Locale.ROOT, " %s p50 %.3f p99 %.3f ms,", kind, p50, p99));
            }
            note(round, name + CPU, cpu);
            say(line.append(String.format(Locale.ROOT, " cpu %.2f ms", cpu)).toString());
        }
    }

    /** Until compilers are done and nodes know each other, which a node that has run for a minute has behind it. The same for every system. */
    private void warm(PeerProcess process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_SECONDS);
        for (int done = 0; done < warm && System.nanoTime() < deadline; done += WARM_STEP)
            operate(process, Math.min(WARM_STEP, warm - done));
    }

    private static Map<String, @Nullable Object> operate(PeerProcess process, int ops)
            throws IOException, InterruptedException {
        return process.ask("dht", Map.of("ops", ops, "valueBytes", VALUE_BYTES), PATIENCE_SECONDS);
    }

    private static List<Double> millis(Map<String, @Nullable Object> answer, String kind) throws IOException {
        if (!(answer.get(kind + "_us") instanceof List<?> list)) throw new IOException("no times of " + kind);
        return list.stream()
                .map(each -> ((Number) each).doubleValue() / MICROS_PER_MILLI)
                .toList();
    }

    private void compare(Report report, int count) {
        for (String figure : List.of(PUT, GET, FIND, CPU)) {
            slower(report, HYPERDHT, count, figure);
            slower(report, OPENDHT, count, figure);
            faster(report, JS_LIBP2P, count, figure);
        }
        if (count == GOAL_NODES) goals(report);
    }

    private void goals(Report report) {
        if (has(name(HYPERDHT, GOAL_NODES, PUT)))
            report.goal(Goal.atMost("vs_hyperdht_64_put", 1.5))
                    .goal(Goal.atMost("vs_hyperdht_64_get", 1.1))
                    .goal(Goal.atMost("vs_hyperdht_64_cpu", 1));
        if (has(name(OPENDHT, GOAL_NODES, PUT)))
            report.stretch(Goal.atMost("vs_opendht_64_put", 1))
                    .stretch(Goal.atMost("vs_opendht_64_get", 1))
                    .stretch(Goal.atMost("vs_opendht_64_cpu", 1));
        if (has(name(JS_LIBP2P, GOAL_NODES, PUT)))
            for (String figure : List.of("put", "get", "find", "cpu"))
                report.goal(Goal.atLeast("vs_js_libp2p_64_" + figure, 50));
    }

    /** Notes how many times as long, or as much, ours takes as another, by the medians and in the worst round. */
    private void slower(Report report, String other, int count, String figure) {
        String own = name(LINNET, count, figure);
        String others = name(other, count, figure);
        if (!has(others)) return;
        report.figure(versus(other, count, figure), ratio(own, others))
                .figure(versus(other, count, figure) + "_worst", greatestRatio(own, others));
    }

    /** Notes how many times as long, or as much, another takes. */
    private void faster(Report report, String other, int count, String figure) {
        String own = name(LINNET, count, figure);
        String others = name(other, count, figure);
        if (!has(others)) return;
        report.figure(versus(other, count, figure), ratio(others, own))
                .figure(versus(other, count, figure) + "_worst", 1 / greatestRatio(own, others));
    }

    /** What is measured of our own nodes alone: memory of a node more, and the first lookup of a newcomer, in one process. */
    private void alone(Report report) throws IOException, InterruptedException {
        try (PeerProcess process =
                PeerProcess.start(PeerSystem.network(), -1, GOAL_NODES, null).awaitReady()) {
            warm(process);
            ExtraNode few = ExtraNode.read(process);
            process.ask("grow", Map.of("nodes", GOAL_NODES));
            operate(process, operations);
            ExtraNode many = ExtraNode.read(process);
            report.figure("extra_node_kb", many.lessEach(few, GOAL_NODES, ExtraNode::heldKb))
                    .goal(Goal.atMost("extra_node_kb", 460))
                    .figure("extra_node_resident_kb", many.lessEach(few, GOAL_NODES, ExtraNode::residentKb));
            Object micros = process.ask("first", Map.of("n", NEWCOMERS)).get("us");
            if (!(micros instanceof List<?> list)) throw new IOException("no times of newcomers");
            List<Long> times =
                    list.stream().map(each -> ((Number) each).longValue()).toList();
            report.figure("first_lookup_ms", Samples.median(times) / MICROS_PER_MILLI)
                    .figure("first_lookup_p99_ms", Samples.at(times, 0.99) / MICROS_PER_MILLI)
                    .goal(Goal.atMost("first_lookup_ms", 50));
        }
    }

    private static String versus(String other, int count, String figure) {
        return "vs_" + other + '_' + count + '_' + figure.substring(0, figure.indexOf('_'));
    }

    private static String name(String system, int count, String figure) {
        return system + '_' + count + '_' + figure;
    }
}
