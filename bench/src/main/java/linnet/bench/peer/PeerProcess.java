package linnet.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.app.json.Json;
import org.jspecify.annotations.Nullable;

/** A process of a system under test: it is told one command at a time and answers each with one line. */
public final class PeerProcess implements AutoCloseable {
    private static final long ANSWER_SECONDS = 120;

    /** The kernel counts a process's time in hundredths of a second. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code /proc/<pid>/stat} behind the name in brackets: state first, user time and system time as these. */
    private static final int USER_FIELD = 11;

    private static final int SYSTEM_FIELD = 12;
    private static final String DEBUG = "DEBUG_BENCH";

    private final PeerSystem system;
    private final Process process;
    private final Writer in;
    private final LinkedBlockingQueue<Map<String, @Nullable Object>> answers = new LinkedBlockingQueue<>();
    private final long startedNanos = System.nanoTime();
    private Map<String, @Nullable Object> ready = Map.of();

    private PeerProcess(PeerSystem system, Process process) {
        this.system = system;
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a process.
     *
     * @param core the processor that it is kept on, or -1 for any
     * @param nodes how many nodes it holds
     * @param bootstrap the address of a node of its network, or null for the first
     */
    public static PeerProcess start(PeerSystem system, int core, int nodes, @Nullable String bootstrap)
            throws IOException {
        List<String> command = new ArrayList<>();
        // Other load on the machine must not decide the figures; only root may say so.
        if (System.getProperty("user.name").equals("root")) command.addAll(List.of("nice", "-n", "-10"));
        if (core >= 0) command.addAll(List.of("taskset", "-c", Integer.toString(core)));
        command.addAll(system.command());
        command.addAll(List.of("--nodes", Integer.toString(nodes)));
        if (bootstrap != null) command.addAll(List.of("--bootstrap", bootstrap));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(system.folder().toFile());
        builder.environment().putAll(system.environment());
        builder.redirectError(
                System.getenv(DEBUG) == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
        PeerProcess started = new PeerProcess(system, builder.start());
        Thread reader = new Thread(started::read, "bench-" + system.name());
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    /** Waits until all its nodes have joined and listen. */
    public PeerProcess awaitReady() throws IOException, InterruptedException {
        ready = next("ready", ANSWER_SECONDS);
        return this;
    }

    /** Returns the name of its first node. */
    public String id() throws IOException {
        return first("ids");
    }

    /** Returns what dials its first node. */
    public String address() throws IOException {
        return first("addrs");
    }

    /** Returns when it was started, on the clock that every process here shares. */
    public long startedMicros() {
        return TimeUnit.NANOSECONDS.toMicros(startedNanos);
    }

    /** Gives a command and waits for the answer. */
    public Map<String, @Nullable Object> ask(String command, Map<String, ?> arguments)
            throws IOException, InterruptedException {
        return ask(command, arguments, ANSWER_SECONDS);
    }

    /** Gives a command and waits so long for the answer. */
    public Map<String, @Nullable Object> ask(String command, Map<String, ?> arguments, long seconds)
            throws IOException, InterruptedException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("cmd", command);
        line.putAll(arguments);
        in.write(Json.write(line) + "\n");
        in.flush();
        return next(command, seconds);
    }

    /** Returns the number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Returns the processor time of this process and its children so far, user and system, in seconds. */
    public double cpuSeconds() {
        double seconds = ownSeconds(process.toHandle());
        for (ProcessHandle child : process.descendants().toList()) seconds += ownSeconds(child);
        return seconds;
    }

    /** Ends it in order: nothing more to ask, and it may finish what it does. */
    public void end() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) throw new IOException(system.name() + " does not end");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // It has ended already.
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private String first(String field) throws IOException {
        if (ready.get(field) instanceof List<?> list && !list.isEmpty()) return String.valueOf(list.get(0));
        throw new IOException(system.name() + " did not say its " + field);
    }

    private Map<String, @Nullable Object> next(String what, long seconds) throws IOException, InterruptedException {
        Map<String, @Nullable Object> answer = answers.poll(seconds, TimeUnit.SECONDS);
        if (answer == null) throw new IOException(system.name() + " does not answer " + what);
        if (answer.get("error") != null)
            throw new IOException(system.name() + " failed at " + what + ": " + answer.get("error"));
        return answer;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                try {
                    answers.add(Json.object(line));
                } catch (Json.Malformed e) {
                    // Not of the protocol; libraries print things.
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        answers.add(Map.of("error", "the process ended"));
    }

    private static double ownSeconds(ProcessHandle of) {
        try {
            String stat = Files.readString(Path.of("/proc/" + of.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            if (of.isAlive()) throw new UncheckedIOException(e);
            return 0;
        }
    }
}
