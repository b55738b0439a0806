package linnet.bench;

import linnet.app.Main;
import linnet.bench.crash.Crashtest;
import linnet.bench.fuzz.Fuzz;
import picocli.CommandLine;

/** Starts the linnet command with the developers' verbs beside the published ones. */
public final class DevMain {
    private DevMain() {}

    /** Runs one verb and ends the process with its exit status. */
    public static void main(String[] args) {
        CommandLine tree = Main.commandLine();
        tree.addSubcommand("crashtest", new Crashtest());
        tree.addSubcommand("fuzz", new Fuzz());
        System.exit(Main.run(tree, args));
    }
}
