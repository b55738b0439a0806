package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linnet.app.Main;
import linnet.app.config.Setting;
import linnet.app.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine tree = Main.commandLine();
        tree.setOut(new PrintWriter(out));
        tree.setErr(new PrintWriter(err));
        return Main.run(tree, args);
    }

    private static List<CommandLine> verbs(CommandLine tree) {
        List<CommandLine> all = new ArrayList<>();
        tree.getSubcommands().forEach((name, verb) -> {
            all.add(verb);
            all.addAll(verbs(verb));
        });
        return all;
    }

    static List<String> leaves() {
        return verbs(Main.commandLine()).stream()
                .filter(verb -> verb.getCommand() instanceof Verb)
                .map(verb -> verb.getCommandSpec().qualifiedName().substring("linnet ".length()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conifg | Unmatched argument | linnet config",
                "send | Missing required parameter | <contact>",
                "send Bob | Missing required parameter | <text>",
                "add | Missing required parameter | <link>",
                "chat | Missing required parameter | <contact>",
                "verify | Missing required parameter | <contact>",
                "history | Missing required parameter | <contact>",
                "status --jsn | Unknown option: '--jsn' | --json",
                "id more | Unmatched argument | 'more'",
                "invite --expires soon | --expires | 30s, 5m, 24h, 7d",
                "invite --expires 31d | --expires | 0s to 30d",
                "invite --expires 0s | --expires | 1s to 30d",
                "invite --expires | Missing required parameter | --expires",
                "send --wait 5 Bob hello | --wait | 30s, 5m, 24h, 7d",
                "send --wait -1s Bob hello | --wait | 0s to 30d",
                "add --wait 99999999999s x | --wait | 0s to 30d",
                "history --limit 0 Bob | --limit | 1 to 200",
                "history --limit many Bob | --limit | 1 to 200",
                "history --before -1 Bob | --before | 1 and more",
                "events --since x | --since | 1 and more",
                "sim talk --seeds 0 | --seeds | 1 to 1000000",
                "sim talk --seed x | --seed | 64 bits",
                "sim talk --peers 1 | --peers | 2 to 1000",
                "sim talk --minutes 0 | --minutes | 1 to 10000",
                "sim talk --sends -1 | --sends | 0 to 1000000",
                "sim talk --without los | --without | did you mean 'loss'?",
                "sim talk --crypto none | --crypto | by-seed, fast, real",
                "sim talk --seeds 2 --trace x | --trace | one seed",
                "sim determinism --seeds 0 | --seeds | 1 to 100000",
                "up --api-port x | --api-port | 0 to 65535, or auto",
                "up --listen nowhere | --listen | <host>:<port>",
                "up --advertise http://a/ | --advertise | ws://host:port/",
                "up --bootstrap ws://a/ | --bootstrap | peer1…@ws://host:port/",
                "up --role relay | --role | bootstrap, bridge",
                "serve | --role | bootstrap, bridge",
                "serve --role bootstrap,store | --role: 'bootstrap,store' is not possible | bootstrap, bridge",
                "serve --role bridge,bridge | --role | bootstrap, bridge",
                "up --receipts maybe | --receipts | on, off",
                "up --log-level loud | --log-level | error, warn, info, debug",
                "up --log-files 101 | --log-files | 1 to 100",
                "up --network '' | --network | 1 to 64",
                "up --name | Missing required parameter | --name",
                "up --namee Alice | Unknown option | --name",
                "demo --json | --json | --headless",
                "config set | Unmatched argument | 'set'",
            })
    void aWrongCommandLineSaysWhatIsAllowedAndEndsWithTwo(String line, String what, String allowed) {
        String[] args = line.strip().split(" ", -1);
        for (int i = 0; i < args.length; i++) if (args[i].equals("''")) args[i] = "";
        assertThat(run(args)).as(line).isEqualTo(2);
        assertThat(err.toString()).contains(what, allowed);
        if (!line.contains("--json")) assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void everyVerbHasHelpAndJson(String verb) {
        List<String> args = new ArrayList<>(List.of(verb.split(" ", -1)));
        args.add("--help");
        assertThat(run(args.toArray(String[]::new))).isZero();
        assertThat(out.toString()).contains("--json", "--home");
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void everyVerbRefusesAnUnknownFlag(String verb) {
        List<String> args = new ArrayList<>(List.of(verb.split(" ", -1)));
        args.add("--wibble");
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "status",
        "id",
        "invite",
        "contacts",
        "members",
        "down",
        "events",
        "chat Bob",
        "send Bob hi",
        "history Bob"
    })
    void withoutANodeTheVerbsSayHowToStartOne(String verb) {
        String[] args = (verb + " --home " + home).split(" ", -1);
        assertThat(run(args)).isEqualTo(3);
        assertThat(err.toString()).contains("NOT_RUNNING", "linnet up");
    }

    @Test
    void withJsonAFailureIsAnObjectToo() throws Exception {
        assertThat(run("status", "--json", "--home", home.toString())).isEqualTo(3);
        assertThat(Json.object(out.toString()))
                .containsEntry("code", "NOT_RUNNING")
                .containsEntry("ok", false)
                .containsKeys("v", "detail", "hint");
    }

    @Test
    void withJsonAWrongFlagIsAnObjectToo() throws Exception {
        assertThat(run("status", "--json", "--wibble")).isEqualTo(2);
        assertThat(Json.object(out.toString())).containsEntry("code", "USAGE");
    }

    @Test
    void aWrongConfigurationEndsWithTwoAndNamesTheKey() throws Exception {
        Files.writeString(home.resolve("config.yaml"), "aip:\n  port: 7\n");
        assertThat(run("config", "check", "--home", home.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("unknown key 'aip.port'", "did you mean 'api.port'?");
        assertThat(run("up", "--home", home.toString())).isEqualTo(2);
    }

    @Test
    void everyOptionOfTheTableIsAFlagOfUp() {
        CommandLine up = Main.commandLine().getSubcommands().get("up");
        for (Setting setting : Setting.ALL)
            assertThat(up.getCommandSpec().findOption(setting.flag()))
                    .as(setting.key())
                    .isNotNull();
    }

    @Test
    void aVerbThatIsAddedIsListedAndRuns() {
        CommandLine tree = Main.commandLine();
        tree.addSubcommand("more", new VersionVerb());
        tree.getSubcommands().get("sim").addSubcommand("mutants", new VersionVerb());
        tree.setOut(new PrintWriter(out));
        assertThat(Main.run(tree, new String[] {"sim", "mutants", "--json"})).isZero();
        assertThat(tree.getUsageMessage()).contains("more");
    }

    @Test
    void completionsKnowEveryVerb() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("send", "headless", "determinism");
    }
}
