package linnet.app.cli;

import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.PartitionScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How soon two halves of a network are one again. */
@Command(name = "partition", description = "Cut a network in two halves, let both live on alone, and heal it.")
final class SimPartition extends SimNetwork {
    private static final int MERGED_MILLIS_MAX = 60_000;

    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "500",
            converter = Peers.class,
            description = "In both halves together, 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            defaultValue = "30",
            converter = Minutes.class,
            description = "How long they are apart (default ${DEFAULT-VALUE}).")
    int minutes;

    @Override
    protected int run() {
        return with(Report.of("sim partition"), PartitionScenario.run(seed, peers, minutes, gauge()))
                .config("seed", seed)
                .config("peers", peers)
                .config("minutes", minutes)
                .goal(Goal.atMost("merged_ms", MERGED_MILLIS_MAX))
                .print(System.out, json);
    }
}
