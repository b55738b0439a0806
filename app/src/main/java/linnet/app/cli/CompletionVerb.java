package linnet.app.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints the completions of the shell. */
@Command(
        name = "completion",
        description = "Print completions for bash and zsh.",
        footer = "%nUse it in a shell by: source <(linnet completion)")
final class CompletionVerb extends Verb {
    @Override
    protected int run() {
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash(root.getCommandName(), root);
        print(Map.of("shell", "bash", "script", script), script);
        return Exit.OK.status();
    }
}
