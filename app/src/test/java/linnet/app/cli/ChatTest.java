package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation in the terminal, against two real nodes. */
class ChatTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    static Daemon alice;
    static Daemon bob;
    static ApiClient atAlice;
    static ApiClient atBob;

    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        alice = start("Alice");
        bob = start("Bob");
        atAlice = client("Alice", alice);
        atBob = client("Bob", bob);
        Object link = atAlice.post("identity/invite", Map.of()).get("link");
        atBob.post("contacts", Map.of("link", link));
        assertThat(new WatchedEvents(atBob, 0)
                        .until(
                                PATIENCE,
                                (type, data, event) -> type.equals("contact") && "accepted".equals(data.get("state"))))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
    }

    private static Daemon start(String name) throws Exception {
        Map<String, String> flags =
                Map.of("name", name, "listen", "127.0.0.1:0", "api.port", "0", "log.level", "error");
        Path home = folder.resolve(name);
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    private static ApiClient client(String name, Daemon daemon) throws Exception {
        return new ApiClient(
                daemon.running().apiPort(), Token.read(folder.resolve(name)).orElseThrow());
    }

    private static String bobsPath(String what) {
        return "conversations/" + alice.node().user() + "/" + what;
    }

    private Chat.Outcome chat(String typed) throws Exception {
        NodeVerb.Person person = new NodeVerb.Person(bob.node().user().toString(), "Bob");
        return new Chat(atAlice, person, new PrintWriter(out), false)
                .run(new BufferedReader(new StringReader(typed)), PATIENCE);
    }

    @Test
    void whatCameWhileItWasClosedIsShownAndToldAsRead() throws Exception {
        List<String> unread = new ArrayList<>();
        for (int i = 1; i <= 45; i++)
            unread.add(String.valueOf(atBob.post(bobsPath("messages"), Map.of("text", "while you slept " + i + "."))
                    .get("id")));
        String last = unread.get(unread.size() - 1);
        assertThat(new WatchedEvents(atAlice, 0)
                        .until(PATIENCE, (type, data, event) -> type.equals("received") && last.equals(data.get("id"))))
                .isTrue();
        assertThat(chat("")).isEqualTo(Chat.Outcome.DELIVERED);
        for (int i = 1; i <= 45; i++) assertThat(out.toString()).contains("while you slept " + i + ".");
        assertThat(new WatchedEvents(atBob, 0).until(PATIENCE, (type, data, event) -> {
                    if (type.equals("progress") && "read".equals(data.get("stage")))
                        unread.remove(String.valueOf(data.get("id")));
                    return unread.isEmpty();
                }))
                .as("read, all of them")
                .isTrue();
        ChatTest later = new ChatTest();
        assertThat(later.chat("")).isEqualTo(Chat.Outcome.DELIVERED);
        assertThat(later.out.toString()).contains("while you slept 45.").doesNotContain("while you slept 20.");
    }

    @Test
    void whatIsTypedIsDelivered() throws Exception {
        assertThat(chat("hello\n\nagain\n/quit\nnever")).isEqualTo(Chat.Outcome.DELIVERED);
        List<Map<String, @Nullable Object>> there = ApiClient.list(atBob.get(bobsPath("messages")), "messages");
        assertThat(there).anySatisfy(message -> assertThat(message).containsEntry("text", "hello"));
        assertThat(there).noneSatisfy(message -> assertThat(message).containsEntry("text", "never"));
    }

    @Test
    void aLineThatCannotBeSentIsNoSuccess() throws Exception {
        assertThat(chat("x".repeat(15_001) + "\nshort")).isEqualTo(Chat.Outcome.FAILED);
        assertThat(out.toString()).contains("not sent");
    }
}
