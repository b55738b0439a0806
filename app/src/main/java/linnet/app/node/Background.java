package linnet.app.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import linnet.app.config.Setting;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import linnet.jvm.Home;
import org.jspecify.annotations.Nullable;

/** Starts a node as a process of its own that outlives the command. */
public final class Background {
    /** A node is up within a second; a passphrase and a loaded machine may take longer. */
    private static final long WAIT_SECONDS_MAX = 60;

    private static final long LOOK_MILLIS = 20;
    private static final String OUTPUT = "start.log";

    private Background() {}

    /**
     * What came of it.
     *
     * @param running the process, or null when it did not start
     * @param code why not
     * @param words why not, in a sentence
     * @param hint what to do
     */
    public record Started(@Nullable Running running, String code, String words, String hint) {}

    /**
     * Starts a node and waits until it is ready or has given up.
     *
     * @param flags values by key of {@link Setting}
     */
    public static Started start(Path home, Map<String, String> flags) throws IOException, InterruptedException {
        Home.createPrivately(Home.logs(home));
        Path output = Home.logs(home).resolve(OUTPUT);
        ProcessBuilder builder = new ProcessBuilder(detached(command(home, flags)));
        builder.redirectInput(new File("/dev/null")).redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        // A pipe would end with this command, which the node outlives; so what the home tells is looked at again and
        // again.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            Optional<Running> running = Running.read(home);
            if (running.isPresent() && running.get().pid() == process.pid() && !ended)
                return new Started(running.get(), "", "", "");
            if (ended) return failed(output);
        }
        process.destroy();
        return new Started(
                null, Failure.Code.TIMEOUT.name(), "the node did not start in time", "Look into " + output + ".");
    }

    /** Returns the command of a node in the foreground, with the Java and the jar that run now. */
    public static List<String> command(Path home, Map<String, String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(ClassArchive.options(home));
        String options = System.getenv("LINNET_JAVA_OPTS");
        if (options != null) for (String option : options.split(" ", -1)) if (!option.isEmpty()) command.add(option);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "linnet.app.Main"));
        command.addAll(List.of("up", "--foreground", "--json", "--home", home.toString()));
        for (Setting setting : Setting.ALL) {
            String value = flags.get(setting.key());
            if (value != null) command.add(setting.flag() + "=" + value);
        }
        return command;
    }

    /** Returns the Java that runs now. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A session of its own keeps the Ctrl-C of the terminal away. */
    private static List<String> detached(List<String> command) {
        Path setsid = Path.of("/usr/bin/setsid");
        if (!Files.isExecutable(setsid)) return command;
        List<String> all = new ArrayList<>();
        all.add(setsid.toString());
        all.addAll(command);
        return all;
    }

    private static Started failed(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        for (String line : lines) {
            Map<String, @Nullable Object> object = objectOf(line);
            if (!object.containsKey("code")) continue;
            return new Started(
                    null,
                    String.valueOf(object.get("code")),
                    String.valueOf(object.get("detail")),
                    String.valueOf(object.get("hint")));
        }
        String last = lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1);
        return new Started(
                null, Failure.Code.INTERNAL.name(), "the node did not start" + last, "Look into " + output + ".");
    }

    /** Returns the object of a line; empty for words for people, or a crash of the VM. */
    private static Map<String, @Nullable Object> objectOf(String line) {
        try {
            return Json.object(line);
        } catch (Json.Malformed e) {
            return Map.of();
        }
    }
}
