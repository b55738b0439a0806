package linnet.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import linnet.app.cli.CommandFailure;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.ComparingVerb;
import linnet.bench.Folders;
import linnet.bench.message.MessagePair;
import linnet.bench.peer.PeerSystem;
import linnet.bench.start.DaemonStart.Start;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet bench start}: from nothing to the first echo, beside others; and the program until it is ready, with an empty home and a full one. */
@Command(name = "start", description = "Measure starts: two nodes, sixteen, the program with an empty and a full home.")
public final class StartBench extends ComparingVerb {
    private static final String LINNET = "linnet";
    private static final String JS_LIBP2P = "js_libp2p";
    private static final String HYPERDHT = "hyperdht";
    private static final int TOGETHER = 64;

    /** What lasts for a moment is started without the thorough compiler, as most commands are. */
    private static final Map<String, String> QUICK = Map.of("LINNET_JAVA_OPTS", "-XX:TieredStopAtLevel=1");

    /** Messages sent in one command, so that its answer comes in time. */
    private static final int PORTION = 20_000;

    @Option(
            names = "--messages",
            defaultValue = "100000",
            paramLabel = "<n>",
            description = "Messages in the home of a year; 0 leaves it out. Default ${DEFAULT-VALUE}.")
    int messages;

    @Override
    protected int run() throws IOException, InterruptedException, CommandFailure {
        checkRounds();
        if (messages < 0) throw CommandFailure.usage("--messages is at least 0");
        List<PeerSystem> others = others("js-libp2p", "hyperdht");
        PeerSystem own = PeerSystem.linnet().with(QUICK);
        Path folder = Files.createTempDirectory("linnet-bench-start");
        try {
            if (messages > 0) fill(folder);
            for (int round = 1; round <= rounds; round++) {
                // That our own does not start is a finding, and no round to leave out.
                note(round, LINNET + "_start2_ms", Starts.two(own));
                note(round, LINNET + "_start16_ms", Starts.sixteen(own));
                for (PeerSystem system : others) {
                    noteIfItStarts(round, system.name() + "_start2_ms", () -> Starts.two(system));
                    noteIfItStarts(round, system.name() + "_start16_ms", () -> Starts.sixteen(system));
                }
                daemon(folder, round);
                say("round " + round + ": " + progress());
            }
        } finally {
            Folders.delete(folder);
        }
        return report(others).print(System.out, wantsJson());
    }

    /** Makes a home that a person has used for a year, by using it. */
    private void fill(Path folder) throws IOException, InterruptedException {
        say("writing " + messages + " messages ...");
        try (MessagePair pair = MessagePair.start(folder)) {
            for (int left = messages; left > 0; left -= PORTION) pair.send(Math.min(left, PORTION), TOGETHER);
            pair.stop();
        }
    }

    /** The first start of a home makes its keys; that is what an empty one is about. */
    private void daemon(Path folder, int round) throws IOException, InterruptedException {
        Start empty = DaemonStart.measure(folder.resolve("empty-" + round), true);
        note(round, "ready_ms", empty.readyMillis());
        note(round, "rss_mb", empty.residentMegabytes());
        if (messages == 0) return;
        // A home that exists, with and without messages: both are opened, neither is made.
        note(
                round,
                "again_ms",
                DaemonStart.measure(folder.resolve("empty-" + round), false).readyMillis());
        note(
                round,
                "year_ms",
                DaemonStart.measure(folder.resolve("writer"), false).readyMillis());
    }

    /** On a busy machine others run into deadlines of their own; a round without them is no reason to give up. */
    private void noteIfItStarts(int round, String name, Callable<Double> start) throws InterruptedException {
        try {
            note(round, name, start.call());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            say(name + " was not measured in this round: " + e.getMessage());
        }
    }

    private Report report(List<PeerSystem> others) {
        Report report = medians(compared("bench start", others).config("messages", messages));
        if (has(JS_LIBP2P + "_start2_ms"))
            report.figure("vs_js_libp2p_start2", ratio(LINNET + "_start2_ms", JS_LIBP2P + "_start2_ms"))
                    .goal(Goal.atMost("vs_js_libp2p_start2", 1))
                    .stretch(Goal.atMost("vs_js_libp2p_start2", 0.7));
        if (has(JS_LIBP2P + "_start16_ms"))
            report.figure("vs_js_libp2p_start16", ratio(LINNET + "_start16_ms", JS_LIBP2P + "_start16_ms"))
                    .goal(Goal.atMost("vs_js_libp2p_start16", 0.5));
        if (has(HYPERDHT + "_start2_ms"))
            report.figure("vs_hyperdht_start2", ratio(LINNET + "_start2_ms", HYPERDHT + "_start2_ms"))
                    .stretch(Goal.atMost("vs_hyperdht_start2", 1));
        report.goal(Goal.atMost("ready_ms", 1_500))
                .stretch(Goal.atMost("ready_ms", 500))
                .goal(Goal.atMost("rss_mb", 120))
                .stretch(Goal.atMost("rss_mb", 87));
        if (messages > 0)
            report.figure("year_home_ratio", ratio("year_ms", "again_ms")).goal(Goal.atMost("year_home_ratio", 1.2));
        return report;
    }
}
