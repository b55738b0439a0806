package linnet.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linnet.app.Main;
import linnet.core.env.Failure;
import linnet.jvm.HostException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PagesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DOCS = ROOT.resolve("docs");

    /** Verbs that only a checkout has; the module bench adds them. */
    private static final List<String> DEVELOPERS = List.of("bench", "fuzz", "crashtest", "mutants");

    private static final Pattern COMMAND = Pattern.compile("(?:\\./)?linnet ([a-z]+(?: [a-z]+)*(?: --[a-z-]+)?)");

    private static void isUpToDate(Path page, String name, String part) throws IOException {
        String begin = "<!-- made: " + name + " -->\n";
        String end = "<!-- end -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        assertThat(from).as(page + " has a part '" + name + "'").isNotNegative();
        int to = text.indexOf(end, from);
        String fresh = text.substring(0, from + begin.length()) + part + text.substring(to);
        if (Boolean.getBoolean("docs.write")) Files.writeString(page, fresh);
        else assertThat(text).as("run with -Ddocs.write=true").isEqualTo(fresh);
    }

    @Test
    void errorsAreUpToDate() throws IOException {
        Path page = DOCS.resolve("ERRORS.md");
        if (Boolean.getBoolean("docs.write")) Files.writeString(page, Pages.errors());
        assertThat(Files.readString(page)).as("run with -Ddocs.write=true").isEqualTo(Pages.errors());
    }

    @Test
    void theTablesOfOperationsAreUpToDate() throws IOException {
        Path page = DOCS.resolve("OPERATIONS.md");
        isUpToDate(page, "options", Pages.options());
        isUpToDate(page, "exits", Pages.exits());
        isUpToDate(page, "calls", Pages.calls());
    }

    @Test
    void everyCodeHasItsTroubleshooting() throws IOException {
        String page = Files.readString(DOCS.resolve("TROUBLESHOOTING.md"));
        for (Failure.Code code : Failure.Code.values()) assertThat(page).contains("`" + code.name() + "`");
        for (HostException.Kind kind : HostException.Kind.values())
            assertThat(page).contains("`" + kind.name() + "`");
    }

    @Test
    void everyCommandOfTheReadmeAndTheGuidesExists() throws IOException {
        for (Path page :
                List.of(ROOT.resolve("README.md"), DOCS.resolve("OPERATIONS.md"), DOCS.resolve("TROUBLESHOOTING.md"))) {
            List<String> commands = commandsOf(page);
            assertThat(commands).as(page.toString()).isNotEmpty();
            for (String command : commands)
                assertThat(exists(command))
                        .as(page.getFileName() + ": linnet " + command)
                        .isTrue();
        }
    }

    private static List<String> commandsOf(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) code = !code;
            String text = code ? line : String.join("\n", quoted(line));
            Matcher matcher = COMMAND.matcher(text);
            while (matcher.find()) commands.add(matcher.group(1).strip());
        }
        return commands;
    }

    private static List<String> quoted(String line) {
        List<String> parts = new ArrayList<>();
        String[] pieces = line.split("`", -1);
        for (int i = 1; i < pieces.length; i += 2) parts.add(pieces[i]);
        return parts;
    }

    private static boolean exists(String command) {
        CommandLine at = Main.commandLine();
        for (String word : command.split(" ", -1)) {
            if (DEVELOPERS.contains(word)) return true;
            if (word.startsWith("--")) return at.getCommandSpec().findOption(word) != null;
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) return at != at.getCommandSpec().root().commandLine();
            at = next;
        }
        return true;
    }
}
