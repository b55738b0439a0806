package linnet.app;

import linnet.app.cli.CommandTree;
import picocli.CommandLine;

/** Starts the linnet command. */
public final class Main {
    private Main() {}

    /** Runs one verb and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(run(commandLine(), args));
    }

    /**
     * Returns the tree of verbs. A developers' program adds its own before {@link #run}:
     * {@code tree.addSubcommand("fuzz", new Fuzz())}, {@code tree.getSubcommands().get("sim").addSubcommand("mutants", …)}.
     */
    public static CommandLine commandLine() {
        return CommandTree.create();
    }

    /** Runs one verb of the tree and returns its exit status. */
    public static int run(CommandLine tree, String[] args) {
        return CommandTree.run(tree, args);
    }
}
