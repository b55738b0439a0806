package linnet.app.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.config.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Does once what a node does in its first minute, in a folder of its own: two nodes start, meet, and one message is delivered. A JVM that
 * is told to keep an archive of its classes ({@code -XX:ArchiveClassesAtExit}) then has those that a start needs, already checked, and later
 * starts are several times as fast.
 */
public final class WarmUp {
    private static final long POLL_MILLIS = 5_000;
    private static final int POLLS_MAX = 12;

    private WarmUp() {}

    /** Plays the first minute; throws when it fails, which is a fault of this machine or of the program. */
    public static void run() throws IOException, ApiProblem {
        Path folder = Files.createTempDirectory("linnet-warm-up");
        try (Daemon one = start(folder.resolve("one"));
                Daemon other = start(folder.resolve("other"))) {
            ApiClient here = client(folder.resolve("one"), one);
            ApiClient there = client(folder.resolve("other"), other);
            Object link = there.post("identity/invite", Map.of()).get("link");
            here.post("contacts", Map.of("link", link == null ? "" : link));
            await(here, "contact", "accepted");
            here.post("conversations/" + other.node().user() + "/messages", Map.of("text", "warm"));
            await(here, "progress", "delivered");
            for (String path : List.of("identity", "status", "contacts", "members"))
                if (here.get(path).isEmpty()) throw new IOException("an empty answer of " + path);
            there.get("conversations/" + one.node().user() + "/messages");
            lookAtThePage(here);
        } catch (ConfigFault e) {
            throw new IOException("the configuration of the warm-up is wrong", e);
        } finally {
            remove(folder);
        }
    }

    private static Daemon start(Path home) throws IOException, ConfigFault {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put(Setting.LISTEN.key(), "127.0.0.1:0");
        flags.put(Setting.API_PORT.key(), "0");
        flags.put(Setting.LOG_LEVEL.key(), "error");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    private static ApiClient client(Path home, Daemon daemon) throws IOException {
        return new ApiClient(daemon.running().apiPort(), Token.read(home).orElse(""));
    }

    private static void lookAtThePage(ApiClient node) throws IOException, ApiProblem {
        URI uri = URI.create(String.valueOf(node.post("login-links", Map.of()).get("url")));
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(java.net.Proxy.NO_PROXY);
        if (connection.getResponseCode() >= 500) throw new IOException("the page cannot be opened");
    }

    private static void await(ApiClient node, String type, String word) throws IOException, ApiProblem {
        long since = 0;
        for (int i = 0; i < POLLS_MAX; i++) {
            for (Map<String, @Nullable Object> event : node.events(since, POLL_MILLIS)) {
                if (event.get("seq") instanceof Long seq) since = seq;
                boolean fits = event.get("data") instanceof Map<?, ?> data && data.containsValue(word);
                if (fits && type.equals(event.get("type"))) return;
            }
        }
        throw new IOException("no " + word + " came");
    }

    private static void remove(Path folder) {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(all::add);
            for (Path path : all) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
