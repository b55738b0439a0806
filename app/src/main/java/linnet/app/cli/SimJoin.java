package linnet.app.cli;

import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.MeshScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How soon newcomers are part of a mesh. */
@Command(name = "join", description = "Let all peers of a network start within ten seconds.")
final class SimJoin extends SimNetwork {
    private static final int THREE_LINKS_MILLIS_MAX = 5_000;

    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "1000",
            converter = Peers.class,
            description = "How many start, 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Override
    protected int run() {
        return with(Report.of("sim join"), MeshScenario.join(seed, peers, gauge()))
                .config("seed", seed)
                .config("peers", peers)
                .goal(Goal.atMost("three_links_p95_ms", THREE_LINKS_MILLIS_MAX))
                .goal(Goal.atMost("largest_hub_share", 0.02))
                .print(System.out, json);
    }
}
