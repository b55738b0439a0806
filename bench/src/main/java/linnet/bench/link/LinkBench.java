package linnet.bench.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import linnet.app.cli.CommandFailure;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.ComparingVerb;
import linnet.bench.link.Channels.Figures;
import linnet.bench.link.Channels.Placement;
import linnet.bench.peer.PeerSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code linnet bench link}: bytes without a meaning over one authenticated, encrypted link between two processes, beside the limit of
 * the machine and beside others, in the same run. Systems take turns within a round; a figure is the median of the rounds.
 */
@Command(name = "link", description = "Measure one link beside the limit of this machine and beside others.")
public final class LinkBench extends ComparingVerb {
    private static final String RATE = "_msgs_per_second_256";
    private static final String LARGE_RATE = "_msgs_per_second_16k";
    private static final String ROUND_TRIP = "_rtt_p50_us_256";
    private static final String SLOW_ROUND_TRIP = "_rtt_p99_us_256";
    private static final String CPU = "_cpu_us_per_msg_256";
    private static final int LINKS_DEFAULT = 10_000;

    @Option(
            names = "--links",
            defaultValue = "" + LINKS_DEFAULT,
            paramLabel = "<n>",
            description = "Idle links to hold; 0 leaves them out. Default ${DEFAULT-VALUE}.")
    int links;

    @Override
    protected int run() throws IOException, InterruptedException, CommandFailure {
        checkRounds();
        if (links < 0) throw CommandFailure.usage("--links is at least 0");
        List<PeerSystem> others = others("hyperdht", "js-libp2p");
        List<PeerSystem> systems = new ArrayList<>(List.of(PeerSystem.limit(), PeerSystem.linnet()));
        systems.addAll(others);
        for (int round = 1; round <= rounds; round++) {
            for (Placement placement : Placement.values())
                for (PeerSystem system : systems) measure(round, system, placement);
        }
        Report report = medians(compared("bench link", others).config("links", links));
        compare(report);
        if (links > 0) {
            say("holding " + links + " links ...");
            report.figure("idle_link_kb", IdleLinks.kilobytesEach(links))
                    .goal(Goal.atMost("idle_link_kb", 12))
                    .stretch(Goal.atMost("idle_link_kb", 8));
        }
        return report.print(System.out, wantsJson());
    }

    private void measure(int round, PeerSystem system, Placement placement) throws IOException, InterruptedException {
        Figures figures = Channels.measure(system, placement);
        say("round " + round + " " + system.name() + placement.suffix() + ": " + figures);
        note(round, system.name() + RATE + placement.suffix(), figures.smallRate());
        note(round, system.name() + LARGE_RATE + placement.suffix(), figures.largeRate());
        note(round, system.name() + ROUND_TRIP + placement.suffix(), figures.roundTripMicros());
        note(round, system.name() + SLOW_ROUND_TRIP + placement.suffix(), figures.slowRoundTripMicros());
        note(round, system.name() + CPU + placement.suffix(), figures.cpuMicros());
    }

    /** Ratios of the placement on one core, which the goals are about. */
    private void compare(Report report) {
        report.figure("vs_limit_256", ratio("linnet" + RATE, "limit" + RATE))
                .figure("vs_limit_16k", ratio("linnet" + LARGE_RATE, "limit" + LARGE_RATE))
                .figure("vs_limit_cpu_256", ratio("linnet" + CPU, "limit" + CPU))
                .figure("vs_limit_rtt_256", ratio("linnet" + ROUND_TRIP, "limit" + ROUND_TRIP))
                .goal(Goal.atLeast("vs_limit_256", 0.6))
                .stretch(Goal.atLeast("vs_limit_256", 1))
                .goal(Goal.atLeast("vs_limit_16k", 0.6))
                .stretch(Goal.atLeast("vs_limit_16k", 0.8))
                .goal(Goal.atMost("vs_limit_cpu_256", 1.7))
                .stretch(Goal.atMost("vs_limit_cpu_256", 0.8))
                .goal(Goal.atMost("vs_limit_rtt_256", 1.5))
                .stretch(Goal.atMost("vs_limit_rtt_256", 1.2));
        if (has("hyperdht" + RATE))
            report.figure("vs_hyperdht_256", ratio("linnet" + RATE, "hyperdht" + RATE))
                    .figure("vs_hyperdht_rtt_256", ratio("linnet" + ROUND_TRIP, "hyperdht" + ROUND_TRIP))
                    .goal(Goal.atLeast("vs_hyperdht_256", 2))
                    .stretch(Goal.atLeast("vs_hyperdht_256", 2.5))
                    .goal(Goal.atMost("vs_hyperdht_rtt_256", 1));
        if (has("js_libp2p" + RATE))
            report.figure("vs_js_libp2p_256", ratio("linnet" + RATE, "js_libp2p" + RATE))
                    .goal(Goal.atLeast("vs_js_libp2p_256", 8))
                    .stretch(Goal.atLeast("vs_js_libp2p_256", 10));
    }
}
