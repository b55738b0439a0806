package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.Main;
import linnet.app.config.Config;
import linnet.app.json.Json;
import linnet.app.node.Daemon;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.jvm.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs against two real nodes on loopback. */
class NodeVerbsTest {
    @TempDir
    static Path folder;

    static Daemon alice;
    static Daemon bob;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        alice = start("alice", "Alice");
        bob = start("bob", "Bob");
        NodeVerbsTest first = new NodeVerbsTest();
        assertThat(first.run("alice", "invite", "--expires", "1h")).isZero();
        String link = first.out.toString().strip();
        assertThat(link).startsWith("linnet:").doesNotContain("\n");
        assertThat(new NodeVerbsTest().run("bob", "add", "--wait", "30s", link)).isZero();
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
    }

    private static Daemon start(String home, String name) throws Exception {
        Map<String, String> flags =
                Map.of("name", name, "listen", "127.0.0.1:0", "api.port", "0", "log.level", "error");
        Path path = folder.resolve(home);
        return Daemon.start(path, Config.load(path, Map.of(), flags), false);
    }

    private int run(String home, String... args) {
        CommandLine tree = Main.commandLine();
        tree.setOut(new PrintWriter(out));
        tree.setErr(new PrintWriter(err));
        List<String> all =
                new ArrayList<>(List.of(args[0], "--home", folder.resolve(home).toString()));
        all.addAll(List.of(args).subList(1, args.length));
        return Main.run(tree, all.toArray(String[]::new));
    }

    private Map<String, @Nullable Object> json() throws Exception {
        assertThat(out.toString().strip()).hasLineCount(1);
        return Json.object(out.toString().strip());
    }

    @Test
    void wordsAreDeliveredAndKeptInTheHistory() throws Exception {
        assertThat(run("bob", "send", "--json", "--wait", "30s", "ali", "hello", "Alice"))
                .isZero();
        assertThat(json()).containsEntry("stage", "delivered").containsKeys("v", "id", "to", "millis");
        NodeVerbsTest later = new NodeVerbsTest();
        assertThat(later.run("alice", "history", "Bob")).isZero();
        assertThat(later.out.toString()).contains("Bob: hello Alice");
    }

    @Test
    void withoutWaitingASendIsQueued() throws Exception {
        assertThat(run(
                        "alice",
                        "send",
                        "--json",
                        "--wait",
                        "0s",
                        bob.node().user().toString(),
                        "soon"))
                .isEqualTo(7);
        assertThat(json()).containsEntry("stage", "queued");
    }

    @Test
    void aStrangerIsNamedTogetherWithThoseWhoAreKnown() {
        assertThat(run("alice", "send", "Carol", "hi")).isEqualTo(1);
        assertThat(err.toString()).contains("no contact is called 'Carol'", "PEER_UNKNOWN", "Contacts: Bob");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aWrongLinkIsRefusedWithItsCode() {
        assertThat(run("alice", "add", "linnet:AAAA")).isEqualTo(1);
        assertThat(err.toString()).contains("MALFORMED", "copy it again");
    }

    @Test
    void theVerbsThatTellAllSpeakJson() throws Exception {
        for (String verb : List.of("status", "id", "contacts", "members", "invite")) {
            NodeVerbsTest one = new NodeVerbsTest();
            assertThat(one.run("alice", verb, "--json")).as(verb).isZero();
            assertThat(one.json()).as(verb).containsEntry("v", 1L);
        }
    }

    @Test
    void theVerbsOfTheNetworkSpeakJson() throws Exception {
        for (String verb : List.of("peers", "routes", "graph", "netcheck")) {
            NodeVerbsTest one = new NodeVerbsTest();
            assertThat(one.run("alice", verb, "--json")).as(verb).isIn(0, 1);
            assertThat(one.json()).as(verb).containsEntry("v", 1L);
        }
    }

    @Test
    void peersAreAListForPeople() {
        assertThat(run("alice", "peers")).isZero();
        assertThat(out.toString()).contains("PEER", "Bob", "127.0.0.1");
    }

    @Test
    void theNeighbourhoodIsAGraph() {
        assertThat(run("alice", "graph", "--dot")).isZero();
        assertThat(out.toString())
                .startsWith("graph network {")
                .contains("label=\"this node\"", "label=\"Bob\"", " -- ")
                .endsWith("}\n");
    }

    @Test
    void aContactIsLookedUpByNameAndById() throws Exception {
        assertThat(run("alice", "lookup", "bob", "--trace", "--json")).isZero();
        assertThat(json()).containsEntry("state", "found").containsKeys("steps", "hops", "questions", "addresses");
        NodeVerbsTest byId = new NodeVerbsTest();
        assertThat(byId.run("alice", "lookup", bob.node().peer().toString())).isZero();
        assertThat(byId.out.toString()).startsWith("Bob is at ");
    }

    @Test
    void aLookupOfNobodyIsWrongUsageWithACode() throws Exception {
        String stranger = new UserId(Key.of(Bytes.wrap(new byte[Key.BYTES]))).toString();
        for (String nobody : List.of("Carol", "peer1abcdefgh", "user1", "", stranger)) {
            NodeVerbsTest one = new NodeVerbsTest();
            assertThat(one.run("alice", "lookup", "--json", nobody)).as(nobody).isEqualTo(2);
            assertThat(one.json()).as(nobody).containsEntry("code", "PEER_UNKNOWN");
        }
    }

    @Test
    void aNodeIsNotLookedUpByItself() throws Exception {
        assertThat(run("alice", "lookup", "--json", alice.node().peer().toString()))
                .isEqualTo(2);
        assertThat(json()).containsEntry("code", "REFUSED");
    }

    @Test
    void aLookupThatFindsNobodyEndsWithFour() throws Exception {
        String nobody = new PeerId(Key.of(Bytes.wrap(new byte[Key.BYTES]))).toString();
        assertThat(run("alice", "lookup", "--json", nobody)).isEqualTo(4);
        assertThat(json()).containsEntry("state", "not_found");
        NodeVerbsTest spoken = new NodeVerbsTest();
        assertThat(spoken.run("alice", "lookup", nobody)).isEqualTo(4);
        assertThat(spoken.out.toString()).startsWith("nobody who answered knows ");
    }

    @Test
    void aNodeThatKnowsNobodySaysThatItCouldAskNobody() throws Exception {
        Daemon carol = start("carol", "Carol");
        try {
            assertThat(run("carol", "lookup", bob.node().peer().toString())).isEqualTo(4);
            assertThat(out.toString()).startsWith("nobody is known here who could be asked for ");
        } finally {
            carol.close();
        }
    }

    @Test
    void silenceIsNotIgnorance() {
        assertThat(LookupVerb.notFound("Bob", 3, 3)).startsWith("nobody of those who were asked for Bob answered");
        assertThat(LookupVerb.notFound("Bob", 3, 2)).isEqualTo("nobody who answered knows Bob");
    }

    @Test
    void bothSeeTheSameSafetyNumber() throws Exception {
        assertThat(run("alice", "verify", "Bob")).isZero();
        NodeVerbsTest other = new NodeVerbsTest();
        assertThat(other.run("bob", "verify", "Alice", "--yes")).isZero();
        assertThat(out.toString()).isEqualTo(other.out.toString()).containsPattern("^(\\d{5} ){3}\\d{5}\n");
    }

    @Test
    void whoIsVerifiedStaysSo() throws Exception {
        assertThat(run("alice", "verify", "Bob", "--yes")).isZero();
        NodeVerbsTest later = new NodeVerbsTest();
        assertThat(later.run("alice", "verify", "Bob", "--json")).isZero();
        assertThat(later.json()).containsEntry("verified", true);
    }

    @Test
    void eventsAreNumberedLines() throws Exception {
        assertThat(run("bob", "events")).isZero();
        long next = 1;
        for (String line : out.toString().lines().toList())
            assertThat(Json.object(line).get("seq")).isEqualTo(next++);
        assertThat(next).isGreaterThan(1);
    }

    @Test
    void openPrintsAnAddressThatLetsABrowserIn() throws Exception {
        assertThat(run("alice", "open", "--print", "--json")).isZero();
        assertThat(json()).containsKeys("url", "expiresMillis").containsEntry("opened", false);
        NodeVerbsTest other = new NodeVerbsTest();
        assertThat(other.run("alice", "open", "--print")).isZero();
        assertThat(other.out.toString())
                .matches("http://127\\.0\\.0\\.1:" + alice.running().apiPort() + "/login\\?code=\\S{43}\n");
    }

    @Test
    void metricsAndReportsAreTexts() throws Exception {
        assertThat(run("alice", "metrics")).isZero();
        assertThat(out.toString()).contains("# TYPE linnet_messages_accepted_total counter");
        NodeVerbsTest report = new NodeVerbsTest();
        assertThat(report.run("alice", "bugreport")).isZero();
        assertThat(report.out.toString())
                .contains("## Configuration", "## Counts", "## Log", "## Doctor")
                .doesNotContain(alice.node().user().toString(), folder.toString());
    }

    @Test
    void anInviteIsShownAsACodeToo() {
        assertThat(run("alice", "invite", "--qr")).isZero();
        assertThat(out.toString().strip()).as("only the link is data").hasLineCount(1);
        assertThat(err.toString()).contains("█▀");
    }

    @Test
    void aTokenThatDoesNotFitEndsWithSix() throws Exception {
        Path token = Home.apiToken(folder.resolve("bob"));
        String right = Files.readString(token);
        try {
            Files.writeString(token, "wrong");
            assertThat(run("bob", "status")).isEqualTo(6);
        } finally {
            Files.writeString(token, right);
        }
    }

    @Test
    void aNodeThatIsUpIsNotStartedAgain() throws Exception {
        assertThat(run("alice", "up", "--json")).isZero();
        assertThat(json()).containsEntry("started", false);
    }
}
