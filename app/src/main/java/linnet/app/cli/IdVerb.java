package linnet.app.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Tells who this node is. */
@Command(name = "id", description = "Print who you are: name, user id, device id, network.")
final class IdVerb extends NodeVerb {
    @Override
    protected int run() throws Exception {
        Map<String, @Nullable Object> identity = node().get("identity");
        print(
                identity,
                "name     " + text(identity, "name") + "\nuser     " + text(identity, "user") + "\ndevice   "
                        + text(identity, "peer") + "\nnetwork  " + text(identity, "network"));
        return Exit.OK.status();
    }
}
