package linnet.bench.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import linnet.app.api.ApiClient;
import linnet.app.node.Background;
import linnet.app.node.Running;
import linnet.app.node.Token;
import linnet.jvm.JvmConfig;
import org.jspecify.annotations.Nullable;

/** A node that is a process, with a home that survives it. */
final class Victim {
    private static final long START_SECONDS_MAX = 60;
    private static final long LOOK_MILLIS = 5;

    private final Path home;
    private final String name;
    private final List<String> command;
    private volatile @Nullable Process process;
    private volatile @Nullable ApiClient api;
    private boolean buried;

    Victim(Path folder, String name) throws IOException {
        this.home = Files.createDirectories(folder.resolve(name));
        this.name = name;
        int port = freePort();
        this.command = new ArrayList<>(Background.command(
                home,
                Map.of(
                        "name",
                        name,
                        "network",
                        "crashtest",
                        "listen",
                        "127.0.0.1:" + port,
                        "advertise",
                        "ws://127.0.0.1:" + port + JvmConfig.PATH,
                        "api.port",
                        "0",
                        "api.rate",
                        "1000000",
                        "api.burst",
                        "1000000",
                        "log.level",
                        "warn")));
        // It lives for seconds: the second compiler would only take the processor away.
        command.add(1, "-XX:TieredStopAtLevel=1");
    }

    /** Starts the process and waits until its API answers. */
    void start() throws IOException, InterruptedException {
        Process started = spawn();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            if (started.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                throw new IOException(name + " ended at once:\n" + log());
            Optional<Running> running = Running.read(home);
            if (running.isEmpty() || running.get().pid() != started.pid()) continue;
            api = new ApiClient(running.get().apiPort(), Token.read(home).orElseThrow());
            return;
        }
        throw new IOException(name + " did not start in time:\n" + log());
    }

    /** Ends the process for good: nobody can start it again. */
    void bury() throws InterruptedException {
        synchronized (this) {
            buried = true;
        }
        kill();
    }

    /** Ends the process as a power cut would, without a word of warning: SIGKILL. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running == null) return;
        api = null;
        running.destroyForcibly();
        running.waitFor();
        process = null;
    }

    /** Returns who answers for the node now, or null while it is dead. */
    @Nullable
    ApiClient api() {
        return api;
    }

    /** Returns who answers; only while it lives. */
    ApiClient living() {
        ApiClient there = api;
        if (there == null) throw new IllegalStateException(name + " is dead");
        return there;
    }

    /** Returns what the process printed. */
    String log() throws IOException {
        return Files.exists(output()) ? Files.readString(output()) : "";
    }

    private synchronized Process spawn() throws IOException {
        if (buried) throw new IOException(name + " is not to start any more");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
        process = started;
        return started;
    }

    private Path output() {
        return home.resolveSibling(name + ".log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
