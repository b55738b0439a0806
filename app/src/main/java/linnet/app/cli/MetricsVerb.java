package linnet.app.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** Shows what the node counts. */
@Command(name = "metrics", description = "Show what the node counts, as Prometheus reads it.")
final class MetricsVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        String text = node().text("/metrics");
        print(Map.of("text", text), text.stripTrailing());
        return Exit.OK.status();
    }
}
