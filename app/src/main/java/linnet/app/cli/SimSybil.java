package linnet.app.cli;

import java.util.Locale;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.core.dht.Care;
import linnet.sim.dht.SybilScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether true and new records are found while many peers of one mind want to hide them. */
@Command(
        name = "sybil",
        description = "Let a share of all peers attack, and some honest ones lie about what they keep.")
final class SimSybil extends SimNetwork {
    private static final double LIES = 0.3;
    private static final int LOOKUPS_MIN = 1_000;

    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "10000",
            converter = Peers.class,
            description = "All of them, 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Option(
            names = "--share",
            paramLabel = "<share>",
            defaultValue = "0.2",
            converter = Share.class,
            description = "Attackers as a share of all peers (default ${DEFAULT-VALUE}).")
    double share;

    @Option(
            names = "--targeted",
            paramLabel = "<n>",
            defaultValue = "0",
            converter = Targeted.class,
            description = "Attackers nearest to the key of each victim, 0 to 1000 (default ${DEFAULT-VALUE}).")
    int targeted;

    @Option(
            names = "--lookups",
            paramLabel = "<n>",
            defaultValue = "1000",
            converter = Lookups.class,
            description = "How many lookups (default ${DEFAULT-VALUE}).")
    int lookups;

    @Option(
            names = "--care",
            paramLabel = "<quick|guarded>",
            defaultValue = "guarded",
            description = "How much lookups distrust those who answer (default ${DEFAULT-VALUE}).")
    Care care = Care.GUARDED;

    @Override
    protected int run() {
        SybilScenario.Options options = new SybilScenario.Options(seed, peers, share, targeted, LIES, lookups, care);
        return with(Report.of("sim sybil"), SybilScenario.run(options, gauge()))
                .config("seed", seed)
                .config("peers", peers)
                .config("share", String.valueOf(share))
                .config("targeted", targeted)
                .config("lies", String.valueOf(LIES))
                .config("care", care.name().toLowerCase(Locale.ROOT))
                .goal(Goal.atLeast("lookups", LOOKUPS_MIN))
                .goal(Goal.atLeast("found", targeted > 0 ? 0.95 : 0.99))
                .goal(Goal.exactly("tampered_returned", 0))
                .goal(Goal.exactly("older_returned", 0))
                .print(System.out, json);
    }

    /** Reads a number of attackers. */
    static final class Targeted extends Whole {
        Targeted() {
            super(0, 1_000);
        }
    }
}
