package linnet.app.cli;

import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.SuspendScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a phone knows after a night and one moment to wake up. */
@Command(
        name = "suspend",
        description = "Let phones sleep for 8 hours while others leave, then give them one window of 20 seconds.")
final class SimSuspend extends SimNetwork {
    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "1000",
            converter = Peers.class,
            description = "One in ten of them sleeps; 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Override
    protected int run() {
        return with(Report.of("sim suspend"), SuspendScenario.run(seed, peers, gauge()))
                .config("seed", seed)
                .config("peers", peers)
                .goal(Goal.atLeast("answering_share", 0.95))
                .print(System.out, json);
    }
}
