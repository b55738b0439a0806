package linnet.app.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import linnet.app.demo.Script;
import linnet.app.demo.Show;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Three nodes on this machine, for a look. */
@Command(
        name = "demo",
        description = "Start three nodes on this machine and talk; --headless plays a script and judges it.")
final class DemoVerb extends Verb {
    @Option(
            names = "--headless",
            description =
                    "150 messages and a kill -9 instead of a conversation; prints figures, exit 1 when a goal is missed.")
    boolean headless;

    @Option(
            names = "--peers",
            paramLabel = "<number>",
            defaultValue = "3",
            converter = Peers.class,
            description =
                    "How many nodes, 3 to 64 (default ${DEFAULT-VALUE}): those beyond three are a network around them.")
    int peers;

    @Override
    protected int run() throws Exception {
        if (headless) return Script.play(peers, this::say).print(System.out, json);
        if (json) throw CommandFailure.usage("--json: goes with --headless here");
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Show.open(peers, keyboard, spec.commandLine().getOut(), this::say);
        return Exit.OK.status();
    }

    /** Reads how many nodes are wanted. */
    static final class Peers extends Whole {
        /** Called by picocli. */
        Peers() {
            super(Script.ACTORS, Script.PEERS_MAX);
        }
    }
}
