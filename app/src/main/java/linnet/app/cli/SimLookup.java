package linnet.app.cli;

import java.util.Locale;
import java.util.Map;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.sim.dht.LookupOptions;
import linnet.sim.dht.LookupScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast and how surely anybody finds anybody while people come and go. */
@Command(
        name = "lookup",
        description =
                "Let random peers look up others while half of all leave each hour. Exit 1 when a goal is missed.")
final class SimLookup extends SimNetwork {
    /** From this size on the measured hours may be half as long. */
    private static final int LARGE = 100_000;

    private static final int LARGE_MINUTES = 30;
    private static final int MINUTES = 60;

    @Option(
            names = "--peers",
            paramLabel = "<N>",
            defaultValue = "1000",
            converter = Peers.class,
            description = "Alive at any time, 20 to 1000000 (default ${DEFAULT-VALUE}).")
    int peers;

    @Option(
            names = "--churn",
            paramLabel = "<share>",
            defaultValue = "0.5",
            converter = Share.class,
            description = "Departures in an hour as a share of the peers (default ${DEFAULT-VALUE}).")
    double churn;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            converter = Minutes.class,
            description =
                    "Simulated minutes that are measured, after as many to warm up (default 60, from 100000 peers on 30).")
    int minutes;

    @Option(
            names = "--lookups",
            paramLabel = "<n>",
            defaultValue = "10000",
            converter = Lookups.class,
            description = "How many lookups are measured (default ${DEFAULT-VALUE}).")
    int lookups;

    @Option(
            names = "--alpha",
            paramLabel = "<n>",
            converter = Few.class,
            description = "Questions at once, 1 to 20 (default: by who waits).")
    int alpha;

    @Option(
            names = "--replicas",
            paramLabel = "<n>",
            converter = Few.class,
            description = "Holders of a record, 1 to 20 (default: by the kind of record).")
    int replicas;

    @Option(
            names = "--cache",
            paramLabel = "<on|off>",
            defaultValue = "on",
            description = "Whether contacts that are looked up often are kept (default ${DEFAULT-VALUE}).")
    Cache cache = Cache.ON;

    @Option(
            names = "--carrier",
            paramLabel = "<packets|link>",
            defaultValue = "packets",
            description = "What questions travel in (default ${DEFAULT-VALUE}).")
    Carrier carrier = Carrier.PACKETS;

    @Override
    protected int run() {
        int measured = minutes > 0 ? minutes : peers >= LARGE ? LARGE_MINUTES : MINUTES;
        LookupOptions options = new LookupOptions(
                seed,
                peers,
                churn,
                measured,
                measured,
                lookups,
                alpha,
                replicas,
                cache == Cache.ON,
                carrier == Carrier.LINK);
        Map<String, Double> figures = LookupScenario.run(options, gauge());
        Report report = with(Report.of("sim lookup"), figures)
                .config("seed", seed)
                .config("peers", peers)
                .config("churn", String.valueOf(churn))
                .config("minutes", measured)
                .config("alpha", alpha)
                .config("replicas", replicas)
                .config("cache", cache == Cache.ON)
                .config("carrier", carrier.name().toLowerCase(Locale.ROOT));
        goals(report);
        if (cache == Cache.ON) {
            report.goal(Goal.atMost("cached_p99_ms", 500)).goal(Goal.atLeast("cache_hit_share", 0.9));
        }
        return report.print(System.out, json);
    }

    /** Goals that depend on how large the network is; a size between two has those of the larger. */
    private void goals(Report report) {
        int size = peers <= 1_000 ? 0 : peers <= 10_000 ? 1 : 2;
        report.goal(Goal.atLeast("success", 0.999))
                .goal(Goal.atMost("hops_mean", new double[] {1.9, 2.5, 3.1}[size]))
                .goal(Goal.atMost("latency_p50_ms", new double[] {150, 220, 300}[size]))
                .goal(Goal.atMost("latency_p99_ms", new double[] {600, 800, 1_000}[size]))
                .goal(Goal.atMost("bytes_per_peer_minute", 6 * 1_024))
                .goal(Goal.atMost("heap_kb_per_peer", 40))
                .goal(Goal.atLeast("events_per_second", 300_000))
                .stretch(Goal.atMost("hops_mean", new double[] {1.7, 2.2, 2.8}[size]))
                .stretch(Goal.atMost("latency_p50_ms", new double[] {125, 165, 215}[size]))
                .stretch(Goal.atMost("latency_p99_ms", new double[] {300, 400, 500}[size]))
                .stretch(Goal.atMost("heap_kb_per_peer", 16))
                .stretch(Goal.atLeast("events_per_second", 1_000_000));
    }

    /** Whether contacts that are looked up often are kept. */
    enum Cache {
        ON,
        OFF
    }

    /** What questions travel in. */
    enum Carrier {
        PACKETS,
        LINK
    }
}
