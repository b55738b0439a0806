package linnet.app.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.app.node.Token;
import org.jspecify.annotations.Nullable;

/** Two real nodes on loopback, Alice and Bob, each with its local API. */
final class TwoNodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Daemon alice;
    final Daemon bob;
    final ApiClient atAlice;
    final ApiClient atBob;
    final String aliceToken;

    TwoNodes(Path folder) throws Exception {
        alice = start(folder.resolve("alice"), "Alice");
        bob = start(folder.resolve("bob"), "Bob");
        aliceToken = Token.read(folder.resolve("alice")).orElseThrow();
        atAlice = new ApiClient(alice.running().apiPort(), aliceToken);
        atBob = new ApiClient(
                bob.running().apiPort(), Token.read(folder.resolve("bob")).orElseThrow());
    }

    static Daemon start(Path home, String name) throws Exception {
        Map<String, String> flags = Map.of("name", name, "listen", "127.0.0.1:0", "api.port", "0", "log.level", "warn");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    String aliceUser() {
        return alice.node().user().toString();
    }

    String bobUser() {
        return bob.node().user().toString();
    }

    /** Makes the two contacts of each other. */
    void introduce() throws Exception {
        Object link = atAlice.post("identity/invite", Map.of()).get("link");
        atBob.post("contacts", Map.of("link", link));
        await(atBob, "contact", data -> "accepted".equals(data.get("state")));
        await(atAlice, "contact", data -> "accepted".equals(data.get("state")));
    }

    /** Reads events from the first on until one fits. */
    static Map<?, ?> await(ApiClient node, String type, Predicate<Map<?, ?>> fits) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long since = 0;
        while (System.nanoTime() < deadline) {
            List<Map<String, @Nullable Object>> events = node.events(since, 5_000);
            for (Map<String, @Nullable Object> event : events) {
                since = (Long) event.get("seq");
                Map<?, ?> data = (Map<?, ?>) event.get("data");
                if (type.equals(event.get("type")) && fits.test(data)) return data;
            }
        }
        throw new AssertionError("no " + type + " came in " + PATIENCE);
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
    }
}
