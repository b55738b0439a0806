package linnet.app.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Tells how the node is. */
@Command(name = "status", description = "Tell how the node is, and what waits.")
final class StatusVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> status = node().get("status");
        long waiting = number(status, "waiting");
        print(
                status,
                text(status, "name") + " in network " + text(status, "network") + ", up for "
                        + DurationText.words(number(status, "upMillis"))
                        + "\nlistens at " + status.get("listen")
                        + "\n" + number(status, "contacts") + " contacts, " + number(status, "reached")
                        + " of them reached, "
                        + (waiting == 0 ? "nothing waits" : waiting + " messages wait")
                        + "\nLinnet " + text(status, "version") + ", process " + number(status, "pid"));
        return Exit.OK.status();
    }
}
