package linnet.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.config.Setting;
import linnet.app.node.Background;
import linnet.app.node.Running;
import linnet.app.node.Token;
import linnet.jvm.Home;
import org.jspecify.annotations.Nullable;

/** One node of the demo: a process with a home of its own, on loopback only. */
final class Actor {
    /** The network of everybody in a demo. */
    static final String NETWORK = "demo";

    private static final long START_SECONDS_MAX = 60;
    private static final long STOP_SECONDS_MAX = 10;
    private static final long LOOK_MILLIS = 10;

    private final String name;
    private final Path home;
    private Process process;
    private @Nullable ApiClient client;
    private String user = "";

    /** Starts the process; {@link #awaitReady} waits for it. */
    Actor(String name, Path folder) throws IOException {
        this.name = name;
        home = folder.resolve(name.toLowerCase(Locale.ROOT));
        process = launch("127.0.0.1:0");
    }

    String name() {
        return name;
    }

    Path home() {
        return home;
    }

    /** Returns the person's id, known once the node was ready. */
    String user() {
        return user;
    }

    /** Returns the client of the node that runs now. */
    ApiClient node() {
        if (client == null) throw new IllegalStateException(name + " is not ready");
        return client;
    }

    /** Waits until the local API answers. */
    void awaitReady() throws IOException, ApiProblem, InterruptedException {
        // The file of the home is the only sign of life that a process gives before its API answers, and it cannot be
        // waited for.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            Optional<Running> running = Running.read(home);
            if (running.isPresent() && running.get().pid() == process.pid()) {
                client = new ApiClient(running.get().apiPort(), Token.read(home).orElse(""));
                user = String.valueOf(client.get("identity").get("user"));
                return;
            }
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                throw new IOException(name + " did not start: " + lastWords());
        }
        throw new IOException(name + " did not start in time");
    }

    /** Ends the process at once, as kill -9 does. */
    void kill() throws InterruptedException {
        client = null;
        process.destroyForcibly();
        process.waitFor();
    }

    /** Starts again over the same home. */
    void restart() throws IOException {
        process = launch("127.0.0.1:auto");
    }

    /** Asks the process to stop; ends it when it does not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) process.destroyForcibly();
    }

    /** Becomes a contact of {@code other} by its invite link. */
    void takeInviteOf(Actor other) throws IOException, ApiProblem {
        node().post("contacts", Map.of("link", other.invite()));
    }

    /** Makes an invite link. */
    String invite() throws IOException, ApiProblem {
        return String.valueOf(node().post("identity/invite", Map.of()).get("link"));
    }

    /** Returns an address that lets a browser in, once. */
    String page() throws IOException, ApiProblem {
        return String.valueOf(node().post("login-links", Map.of()).get("url"));
    }

    /** Sends words and returns the id of the message. */
    String send(Actor to, String text) throws IOException, ApiProblem {
        return String.valueOf(node().post("conversations/" + to.user() + "/messages", Map.of("text", text))
                .get("id"));
    }

    private Process launch(String listen) throws IOException {
        Home.createPrivately(Home.logs(home));
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put(Setting.NAME.key(), name);
        flags.put(Setting.NETWORK.key(), NETWORK);
        flags.put(Setting.LISTEN.key(), listen);
        flags.put(Setting.API_PORT.key(), "0");
        List<String> command = new ArrayList<>(Background.command(home, flags));
        // Three nodes start at once and live for a minute: the quick compiler alone halves the work of the start.
        command.add(1, "-XX:TieredStopAtLevel=1");
        command.add("--until-stdin-ends");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("LINNET_") && !key.equals("LINNET_JAVA_OPTS"));
        return builder.redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Home.logs(home).resolve("start.log").toFile()))
                .start();
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(Home.logs(home).resolve("start.log"));
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
