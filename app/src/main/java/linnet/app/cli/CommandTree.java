package linnet.app.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tree of verbs. What is listed works; developers' programs add their own verbs by {@link CommandLine#addSubcommand}. */
public final class CommandTree {
    private CommandTree() {}

    @Command(
            name = "linnet",
            description = "Messages from device to device, with no server in the middle.",
            subcommands = {
                DemoVerb.class,
                UpVerb.class,
                ServeVerb.class,
                OpenVerb.class,
                DownVerb.class,
                StatusVerb.class,
                IdVerb.class,
                InviteVerb.class,
                AddVerb.class,
                ContactsVerb.class,
                VerifyVerb.class,
                MembersVerb.class,
                SendVerb.class,
                ChatVerb.class,
                HistoryVerb.class,
                EventsVerb.class,
                PeersVerb.class,
                RoutesVerb.class,
                LookupVerb.class,
                GraphVerb.class,
                NetcheckVerb.class,
                BackupVerb.class,
                RestoreVerb.class,
                DoctorVerb.class,
                MetricsVerb.class,
                BugReportVerb.class,
                ConfigVerb.class,
                SimVerb.class,
                VersionVerb.class,
                WarmUpVerb.class,
                CompletionVerb.class,
                CommandLine.HelpCommand.class
            })
    private static final class Linnet implements Group {}

    /** Returns a fresh tree. */
    public static CommandLine create() {
        CommandLine tree = new CommandLine(new Linnet());
        for (String verb : List.of("up", "serve"))
            UpVerb.addFlags(requireNonNull(tree.getSubcommands().get(verb)).getCommandSpec());
        return prepared(tree);
    }

    /**
     * Runs one verb.
     *
     * @param tree from {@link #create}, with verbs added or not
     * @return the exit status, see {@link Exit}
     */
    public static int run(CommandLine tree, String... args) {
        return prepared(tree).execute(args);
    }

    /** Settings reach only the verbs that are in the tree already, so they are repeated when some were added. */
    private static CommandLine prepared(CommandLine tree) {
        tree.setParameterExceptionHandler(CommandTree::onUsage);
        tree.setExecutionExceptionHandler(CommandTree::onFailure);
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        tree.setUsageHelpAutoWidth(true);
        for (CommandLine verb : all(tree)) {
            if (verb.getCommandSpec().findOption("--help") == null
                    && !(verb.getCommand() instanceof CommandLine.HelpCommand))
                verb.getCommandSpec().addOption(help());
        }
        return tree;
    }

    private static CommandLine.Model.OptionSpec help() {
        return CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    private static List<CommandLine> all(CommandLine tree) {
        return Stream.concat(
                        Stream.of(tree), tree.getSubcommands().values().stream().flatMap(verb -> all(verb).stream()))
                .toList();
    }

    private static int onUsage(ParameterException fault, String[] args) {
        CommandLine verb = fault.getCommandLine();
        PrintWriter err = verb.getErr();
        boolean nothingSaid = verb.getCommand() instanceof Group
                && !(fault instanceof UnmatchedArgumentException)
                && !(fault instanceof MissingParameterException);
        if (nothingSaid) {
            verb.usage(err);
            return Exit.USAGE.status();
        }
        err.println("linnet: " + fault.getMessage());
        if (fault instanceof UnmatchedArgumentException unmatched)
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        err.println("Try '" + verb.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        if (List.of(args).contains("--json")) printJson(verb, "USAGE", fault.getMessage(), "");
        return Exit.USAGE.status();
    }

    private static int onFailure(Exception e, CommandLine verb, CommandLine.ParseResult parsed) {
        CommandFailure failure = e instanceof CommandFailure known
                ? known
                : new CommandFailure(
                        Exit.FAILED, Failure.Code.INTERNAL.name(), e.toString(), Failure.Code.INTERNAL.hint());
        PrintWriter err = verb.getErr();
        // Names and reasons that others have chosen are in some of them.
        err.println("linnet: " + Words.clean(String.valueOf(failure.getMessage()))
                + (failure.code().equals("USAGE") ? "" : " (" + failure.code() + ")"));
        if (!failure.hint().isEmpty()) err.println(Words.clean(failure.hint()));
        if (!(e instanceof CommandFailure) && System.getenv("LINNET_TRACE") != null) e.printStackTrace(err);
        err.flush();
        if (verb.getCommand() instanceof Verb asked && asked.wantsJson())
            printJson(verb, failure.code(), failure.getMessage(), failure.hint());
        return failure.exit().status();
    }

    private static void printJson(CommandLine verb, String code, @Nullable String message, String hint) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("v", 1L);
        problem.put("ok", false);
        problem.put("code", code);
        problem.put("detail", String.valueOf(message));
        problem.put("hint", hint);
        verb.getOut().println(Json.write(problem));
        verb.getOut().flush();
    }
}
