package linnet.bench.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import linnet.app.cli.CommandFailure;
import linnet.app.cli.Verb;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.Checkout;
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
public final class LinkBench extends Verb {
    private static final int LINKS_DEFAULT = 10_000;

    @Option(
            names = "--peers",
            paramLabel = "<folder>",
            description = "The other systems, set up; default ../shared/peers beside the checkout.")
    Path peers = Checkout.root().resolve("../shared/peers");

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "<n>",
            description = "Rounds; default ${DEFAULT-VALUE}.")
    int rounds;

    @Option(
            names = "--links",
            defaultValue = "" + LINKS_DEFAULT,
            paramLabel = "<n>",
            description = "Idle links to hold; 0 leaves them out. Default ${DEFAULT-VALUE}.")
    int links;

    private final Map<String, List<Figures>> found = new LinkedHashMap<>();

    @Override
    protected int run() throws IOException, InterruptedException, CommandFailure {
        if (rounds < 1 || links < 0) throw CommandFailure.usage("--rounds is at least 1, --links at least 0");
        Path folder = peers.toAbsolutePath().normalize();
        List<PeerSystem> systems = new ArrayList<>(List.of(PeerSystem.limit(), PeerSystem.linnet()));
        List<String> others = new ArrayList<>();
        for (String name : List.of("hyperdht", "js-libp2p")) {
            Optional<PeerSystem> other = PeerSystem.other(folder, name);
            if (other.isPresent()) {
                systems.add(other.get());
                others.add(other.get().name());
            } else say(name + " is not set up in " + folder + ": its figures are left out");
        }
        for (int round = 1; round <= rounds; round++) {
            for (Placement placement : Placement.values())
                for (PeerSystem system : systems) measure(round, system, placement);
        }
        Report report = Report.of("bench link")
                .config("rounds", rounds)
                .config("links", links)
                .config("peers", others.isEmpty() ? "none: not set up" : String.join(" ", others));
        for (PeerSystem system : systems)
            for (Placement placement : Placement.values()) add(report, system.name(), placement);
        compare(report, others);
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
        found.computeIfAbsent(system.name() + placement.suffix(), key -> new ArrayList<>())
                .add(figures);
    }

    private void add(Report report, String name, Placement placement) {
        String key = name + placement.suffix();
        report.figure(name + "_msgs_per_second_256" + placement.suffix(), Math.round(median(key, Figures::smallRate)))
                .figure(name + "_msgs_per_second_16k" + placement.suffix(), Math.round(median(key, Figures::largeRate)))
                .figure(name + "_rtt_p50_us_256" + placement.suffix(), median(key, Figures::roundTripMicros))
                .figure(name + "_rtt_p99_us_256" + placement.suffix(), median(key, Figures::slowRoundTripMicros))
                .figure(name + "_cpu_us_per_msg_256" + placement.suffix(), median(key, Figures::cpuMicros));
    }

    /** Ratios of the placement on one core, which the goals are about. */
    private void compare(Report report, List<String> others) {
        report.figure("vs_limit_256", ratio("limit", Figures::smallRate))
                .figure("vs_limit_16k", ratio("limit", Figures::largeRate))
                .figure("vs_limit_cpu_256", ratio("limit", Figures::cpuMicros))
                .figure("vs_limit_rtt_256", ratio("limit", Figures::roundTripMicros))
                .goal(Goal.atLeast("vs_limit_256", 0.6))
                .stretch(Goal.atLeast("vs_limit_256", 1))
                .goal(Goal.atLeast("vs_limit_16k", 0.6))
                .stretch(Goal.atLeast("vs_limit_16k", 0.8))
                .goal(Goal.atMost("vs_limit_cpu_256", 1.7))
                .stretch(Goal.atMost("vs_limit_cpu_256", 0.8))
                .goal(Goal.atMost("vs_limit_rtt_256", 1.5))
                .stretch(Goal.atMost("vs_limit_rtt_256", 1.2));
        if (others.contains("hyperdht"))
            report.figure("vs_hyperdht_256", ratio("hyperdht", Figures::smallRate))
                    .figure("vs_hyperdht_rtt_256", ratio("hyperdht", Figures::roundTripMicros))
                    .goal(Goal.atLeast("vs_hyperdht_256", 2))
                    .stretch(Goal.atLeast("vs_hyperdht_256", 2.5))
                    .goal(Goal.atMost("vs_hyperdht_rtt_256", 1));
        if (others.contains("js_libp2p"))
            report.figure("vs_js_libp2p_256", ratio("js_libp2p", Figures::smallRate))
                    .goal(Goal.atLeast("vs_js_libp2p_256", 8))
                    .stretch(Goal.atLeast("vs_js_libp2p_256", 10));
    }

    private double ratio(String other, ToDoubleFunction<Figures> figure) {
        return median("linnet", figure) / median(other, figure);
    }

    private double median(String key, ToDoubleFunction<Figures> figure) {
        double[] sorted = found.getOrDefault(key, List.of()).stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
