package linnet.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import linnet.app.api.ApiClient;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import linnet.jvm.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets are planted wherever a home, a conversation or a log could hold one; the report must have none of them. */
class BugReportTest {
    private static final String SECRET = "S3cretPlanted";

    @TempDir
    Path folder;

    private Daemon start(Path home) throws Exception {
        Map<String, String> flags = new LinkedHashMap<>(Map.of("listen", "127.0.0.1:0", "api.port", "0"));
        flags.put("name", SECRET + "Name");
        flags.put("network", SECRET + "Network");
        flags.put("advertise", "ws://" + SECRET + ".example:1/");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    @Test
    void aReportHasNoSecretOfAnybody() throws Exception {
        Path home = folder.resolve(SECRET + "-home");
        try (Daemon daemon = start(home)) {
            String token = Token.read(home).orElseThrow();
            ApiClient node = new ApiClient(daemon.running().apiPort(), token);
            String link = String.valueOf(node.post("identity/invite", Map.of()).get("link"));
            node.post("login-links", Map.of());
            plantInTheLog(link);
            Files.writeString(Home.logs(home).resolve("start.log"), SECRET);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            node.file("bugreport", Map.of(), bytes);
            String report = bytes.toString(StandardCharsets.UTF_8);
            assertThat(report).contains("Linnet", "Java", "api.port = 0", "linnet_messages_accepted_total", "## Log");
            assertThat(report)
                    .contains("IllegalStateException")
                    .contains("[PORT_TAKEN]")
                    .contains("a sentence with {}");
            assertThat(report)
                    .doesNotContain(SECRET, token, link)
                    .doesNotContain(
                            daemon.node().user().toString(),
                            daemon.node().peer().toString())
                    .doesNotContain(System.getProperty("user.home"), home.toString());
            for (String line : Files.readAllLines(home.resolve("identity.key")))
                if (line.length() > 20) assertThat(report).doesNotContain(line);
        }
        String local = BugReport.ofHome(home) + BugReport.findings(Doctor.examine(home, Map.of()));
        assertThat(local).contains("## Doctor", "permissions").doesNotContain(SECRET, home.toString());
    }

    private static void plantInTheLog(String link) {
        var log = LoggerFactory.getLogger("linnet.test");
        log.warn("a sentence with {}", SECRET);
        log.atWarn()
                .addKeyValue("code", SECRET)
                .addKeyValue("kind", "PORT_TAKEN")
                .log("codes");
        log.atWarn().addKeyValue(SECRET, link).log("pairs");
        log.error("an error", new IllegalStateException(SECRET, new java.io.IOException(SECRET)));
    }

    @Test
    void aReportOfAHomeThatIsNotThereIsAReport() {
        assertThat(BugReport.ofHome(folder.resolve("nowhere"))).contains("cannot be read");
    }

    @Test
    void nothingOfTheProgramPutsValuesIntoTheSentencesOfTheLog() throws Exception {
        Path sources = Path.of("").toAbsolutePath().getParent();
        for (String module : List.of("app", "jvm")) {
            try (Stream<Path> files = Files.walk(sources.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList())
                    assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContainPattern("LOG\\.(error|warn|info|debug)\\(\\s*[^\\s\"]")
                            .doesNotContainPattern("LOG\\.(error|warn|info|debug)\\(\\s*\"[^\"]*\" *\\+ *[a-z]");
            }
        }
    }
}
