package linnet.app.cli;

import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.RepublishScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether records outlive their owners and first holders, and what that costs. */
@Command(
        name = "republish",
        description =
                "Let owners put records and leave, and half of all peers leave each hour; then look for the records.")
final class SimRepublish extends SimNetwork {
    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "1000",
            converter = Peers.class,
            description = "Alive at any time, 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Option(
            names = "--hours",
            paramLabel = "<n>",
            defaultValue = "24",
            converter = Hours.class,
            description = "How long the records have to last, 1 to 40 (default ${DEFAULT-VALUE}).")
    int hours;

    @Override
    protected int run() {
        return with(Report.of("sim republish"), RepublishScenario.run(seed, peers, hours, gauge()))
                .config("seed", seed)
                .config("peers", peers)
                .config("hours", hours)
                .goal(Goal.atLeast("survived", 0.999))
                .goal(Goal.atMost("bytes_vs_plain", 0.2))
                .print(System.out, json);
    }

    /** Reads a number of hours within the life of a record. */
    static final class Hours extends Whole {
        Hours() {
            super(1, 40);
        }
    }
}
