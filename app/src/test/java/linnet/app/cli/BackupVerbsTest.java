package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.Main;
import linnet.app.api.ApiClient;
import linnet.app.config.Config;
import linnet.app.json.Json;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A home is copied, lost, and made again elsewhere; its contacts notice nothing. */
class BackupVerbsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writePassphrase() throws Exception {
        Files.writeString(folder.resolve("passphrase"), "correct horse battery\n");
        Files.writeString(folder.resolve("wrong"), "incorrect horse\n");
    }

    private int run(String home, String... args) {
        CommandLine tree = Main.commandLine();
        out.getBuffer().setLength(0);
        tree.setOut(new PrintWriter(out));
        tree.setErr(new PrintWriter(err));
        List<String> all =
                new ArrayList<>(List.of(args[0], "--home", folder.resolve(home).toString()));
        all.addAll(List.of(args).subList(1, args.length));
        return Main.run(tree, all.toArray(String[]::new));
    }

    private Daemon start(String home, String... keysAndValues) throws Exception {
        var flags =
                new java.util.LinkedHashMap<>(Map.of("listen", "127.0.0.1:0", "api.port", "0", "log.level", "error"));
        for (int i = 0; i < keysAndValues.length; i += 2) flags.put(keysAndValues[i], keysAndValues[i + 1]);
        Path path = folder.resolve(home);
        return Daemon.start(path, Config.load(path, Map.of(), flags), false);
    }

    private ApiClient client(String home, Daemon daemon) throws Exception {
        return new ApiClient(
                daemon.running().apiPort(), Token.read(folder.resolve(home)).orElseThrow());
    }

    private static boolean delivers(ApiClient from, Daemon to, String text) throws Exception {
        WatchedEvents events = WatchedEvents.fromNow(from);
        Object id = from.post("conversations/" + to.node().user() + "/messages", Map.of("text", text))
                .get("id");
        return events.until(
                PATIENCE,
                (type, data, event) ->
                        type.equals("progress") && id.equals(data.get("id")) && "delivered".equals(data.get("stage")));
    }

    @Test
    void aLostHomeComesBackFromABackupWithItsContactsAndItsHistory() throws Exception {
        String file = folder.resolve("alice.linnet-backup").toString();
        String secret = folder.resolve("passphrase").toString();
        try (Daemon bob = start("bob", "name", "Bob", "network", "here")) {
            try (Daemon alice = start("alice", "name", "Alice", "network", "here")) {
                Object link =
                        client("bob", bob).post("identity/invite", Map.of()).get("link");
                client("alice", alice).post("contacts", Map.of("link", link));
                assertThat(new WatchedEvents(client("alice", alice), 0)
                                .until(
                                        PATIENCE,
                                        (type, data, event) ->
                                                type.equals("contact") && "accepted".equals(data.get("state"))))
                        .isTrue();
                assertThat(delivers(client("alice", alice), bob, "before the backup"))
                        .isTrue();
                assertThat(run("alice", "backup", "--passphrase-file", secret, file))
                        .isZero();
                assertThat(delivers(client("alice", alice), bob, "after the backup"))
                        .isTrue();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                    .isEqualTo("rw-------");
            assertThat(run("elsewhere", "restore", "--json", "--passphrase-file", secret, file))
                    .isZero();
            assertThat(Json.object(out.toString().strip()))
                    .containsEntry("name", "Alice")
                    .containsEntry("network", "here");
            try (Daemon again = start("elsewhere")) {
                ApiClient alice = client("elsewhere", again);
                assertThat(alice.get("identity")).containsEntry("name", "Alice").containsEntry("network", "here");
                assertThat(ApiClient.list(
                                alice.get("conversations/" + bob.node().user() + "/messages"), "messages"))
                        .extracting(message -> message.get("text"))
                        .containsExactly("before the backup");
                assertThat(delivers(alice, bob, "from the new home")).isTrue();
                assertThat(delivers(client("bob", bob), again, "to the new home"))
                        .isTrue();
            }
        }
    }

    @Test
    void aHomeWhoseNodeIsStoppedIsCopiedToo() throws Exception {
        start("carol", "name", "Carol").close();
        String file = folder.resolve("carol.linnet-backup").toString();
        String secret = folder.resolve("passphrase").toString();
        assertThat(run("carol", "backup", "--passphrase-file", secret, file)).isZero();
        assertThat(run("carol", "restore", "--check", "--passphrase-file", secret, file))
                .isZero();
        assertThat(out.toString()).contains("whole", "Carol");
        assertThat(run(
                        "other",
                        "restore",
                        "--passphrase-file",
                        folder.resolve("wrong").toString(),
                        file))
                .isEqualTo(1);
        assertThat(err.toString()).contains("PASSPHRASE_WRONG");
        assertThat(run("carol", "restore", "--passphrase-file", secret, file))
                .as("over a home")
                .isEqualTo(1);
        assertThat(err.toString()).contains("HOME_EXISTS");
        assertThat(run("carol", "backup", "--passphrase-file", secret, file))
                .as("over a file")
                .isEqualTo(2);
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void withoutAPassphraseThereIsNoBackup() throws Exception {
        start("dora", "name", "Dora").close();
        String file = folder.resolve("dora.linnet-backup").toString();
        Files.writeString(folder.resolve("empty"), "");
        assertThat(run(
                        "dora",
                        "backup",
                        "--passphrase-file",
                        folder.resolve("empty").toString(),
                        file))
                .isEqualTo(2);
        assertThat(Path.of(file)).doesNotExist();
    }
}
