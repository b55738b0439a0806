package linnet.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import linnet.app.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the numbered events. */
@Command(
        name = "events",
        description = "Print the events of the node, one JSON object per line. Go on later with --since <last seq>.")
final class EventsVerb extends NodeVerb {
    private static final long POLL_MILLIS = 25_000;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new ones as they happen.")
    boolean follow;

    @Option(
            names = "--since",
            paramLabel = "<seq>",
            converter = HistoryVerb.Cursor.class,
            description = "Only those behind this number; default: all that are kept (10,000).")
    long since;

    @Override
    protected int run() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        while (!out.checkError()) {
            List<Map<String, @Nullable Object>> events = node().events(since, follow ? POLL_MILLIS : 0);
            for (Map<String, @Nullable Object> event : events) {
                out.println(Json.write(event));
                since = number(event, "seq");
            }
            out.flush();
            if (events.isEmpty() && !follow) break;
        }
        return Exit.OK.status();
    }
}
