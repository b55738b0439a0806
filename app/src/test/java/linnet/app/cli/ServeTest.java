package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import linnet.app.Main;
import linnet.app.json.Json;
import linnet.app.node.Running;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A node for the network, as a process of its own. */
class ServeTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void itSaysWhereItListensAnswersAndStopsCleanly() throws Exception {
        Process process = serve("bootstrap,bridge");
        try (BufferedReader out = process.inputReader()) {
            Map<String, @Nullable Object> said = Json.object(out.readLine());
            assertThat(said).containsEntry("role", List.of("bootstrap", "bridge"));
            assertThat(said.get("endpoints").toString()).contains("ws://127.0.0.1:", "udp://127.0.0.1:");
            assertThat(said.get("bootstrap").toString())
                    .contains("@ws://127.0.0.1:", said.get("peer").toString())
                    .doesNotContain("udp:");
            assertThat(run("status")).isZero();
            assertThat(run("metrics")).isZero();
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Running.read(folder.resolve("home")).orElseThrow().pid()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process serve(String roles) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("linnet.app.Main", "serve", "--json", "--role", roles));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        command.addAll(List.of("--listen", "127.0.0.1:0", "--api-port", "0"));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private int run(String verb) {
        CommandLine tree = Main.commandLine();
        tree.setOut(new PrintWriter(new StringWriter()));
        return Main.run(
                tree, new String[] {verb, "--home", folder.resolve("home").toString()});
    }
}
