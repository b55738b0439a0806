package linnet.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import linnet.app.Main;
import linnet.bench.crash.Crashtest;
import linnet.bench.fuzz.Fuzz;
import linnet.bench.mutants.Mutants;
import linnet.bench.peer.BenchNode;
import picocli.CommandLine;

/** Starts the linnet command with the developers' verbs beside the published ones. */
public final class DevMain {
    private DevMain() {}

    /** Runs one verb and ends the process with its exit status. */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals(BenchNode.VERB)) {
            BenchNode.main(args);
            return;
        }
        CommandLine tree = Main.commandLine();
        tree.addSubcommand("bench", new BenchVerb());
        tree.addSubcommand("crashtest", new Crashtest());
        tree.addSubcommand("fuzz", new Fuzz());
        requireNonNull(tree.getSubcommands().get("sim")).addSubcommand("mutants", new Mutants());
        System.exit(Main.run(tree, args));
    }
}
