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

    @Override
    protected int run() throws Exception {
        if (headless) return Script.play(this::say).print(System.out, json);
        if (json) throw CommandFailure.usage("--json: goes with --headless here");
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Show.open(keyboard, spec.commandLine().getOut(), this::say);
        return Exit.OK.status();
    }
}
