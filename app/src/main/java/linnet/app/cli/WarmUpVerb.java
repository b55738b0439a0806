package linnet.app.cli;

import java.util.Map;
import linnet.app.node.WarmUp;
import picocli.CommandLine.Command;

/** What the first start runs so that the later ones are fast; see {@link WarmUp}. */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Do once what every node does first, for an archive of classes.")
final class WarmUpVerb extends Verb {
    @Override
    protected int run() throws Exception {
        WarmUp.run();
        print(Map.of("warm", true), "");
        return Exit.OK.status();
    }
}
