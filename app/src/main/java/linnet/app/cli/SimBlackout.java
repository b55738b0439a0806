package linnet.app.cli;

import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.MeshScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How soon a network is back that lost everything. */
@Command(
        name = "blackout",
        description = "Take every link away for a while, then once more with all bootstrap nodes dead.")
final class SimBlackout extends SimNetwork {
    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "500",
            converter = Peers.class,
            description = "How many there are, 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            defaultValue = "1",
            converter = Minutes.class,
            description = "How long nobody reaches anybody (default ${DEFAULT-VALUE}).")
    int minutes;

    @Override
    protected int run() {
        return with(Report.of("sim blackout"), MeshScenario.blackout(seed, peers, minutes, gauge()))
                .config("seed", seed)
                .config("peers", peers)
                .config("minutes", minutes)
                .goal(Goal.atMost("recovered_p99_ms", 10_000))
                .goal(Goal.atMost("recovered_max_ms", 60_000))
                .goal(Goal.atMost("peak_dials_per_node_second", 5))
                .print(System.out, json);
    }
}
