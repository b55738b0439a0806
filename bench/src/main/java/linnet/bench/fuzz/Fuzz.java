package linnet.bench.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import linnet.app.cli.CommandFailure;
import linnet.app.cli.Exit;
import linnet.app.cli.Verb;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet fuzz}: Jazzer against one door, in a small process of its own. */
@Command(name = "fuzz", description = "Attack what strangers can send with generated input.")
public final class Fuzz extends Verb {
    /** What a phone can spare for one application. */
    private static final String HEAP = "-Xmx64m";

    /** All that Jazzer needs of the JDK. It looks through every module there is, and with all of them 64 MB are not enough. */
    private static final String MODULES =
            "java.base,java.logging,java.management,java.instrument,jdk.attach,jdk.management,jdk.unsupported";

    /** Longest input in bytes: a frame and a bit. */
    private static final int INPUT_BYTES_MAX = 70_000;

    /** An input that takes longer than this is a crash. */
    private static final int INPUT_SECONDS_MAX = 10;

    /** A shorter run says little of speed. */
    private static final int SECONDS_MIN = 30;

    /** The file in which the fuzzed process leaves its counts. */
    private static final String COUNTS = "counts";

    private static final double ACCEPTED_SHARE_MIN = 0.1;
    private static final long EXECUTIONS_MIN = 100_000;

    /** For targets that do more than decode. */
    private static final long EXECUTIONS_MIN_SLOW = 20_000;

    private static final List<String> SLOW = List.of("handshake", "datagram", "api", "backup", "invite-qr");

    @Option(
            names = "--target",
            required = true,
            paramLabel = "<door>",
            description =
                    "frame, envelope, handshake, invite, record, dht-frame, dht-record, datagram, api, api-json, backup or"
                            + " invite-qr.")
    String target = "";

    @Option(
            names = "--seconds",
            defaultValue = "60",
            paramLabel = "<n>",
            description = "How long; default ${DEFAULT-VALUE}.")
    int seconds;

    @Option(names = "--replay", paramLabel = "<file>", description = "Run this one input and show what happens.")
    @Nullable
    Path replay;

    @Override
    protected int run() throws IOException, InterruptedException, CommandFailure {
        if (!Targets.names().contains(target))
            throw CommandFailure.usage("no target '" + target + "'; there are " + Targets.names());
        if (seconds < 1) throw CommandFailure.usage("--seconds must be at least 1");
        if (replay != null) return replayed(replay);
        Path folder = Files.createTempDirectory("linnet-fuzz");
        try {
            int status = fuzzed(folder);
            Path log = folder.resolve("log");
            List<Path> crashes = kept(folder, log);
            // Jazzer's own failures leave nothing to replay, and would look like a quiet run.
            if (status != 0 && crashes.isEmpty()) throw broken("the fuzzer ended with status " + status, log);
            return reported(counts(folder, log), crashes);
        } finally {
            delete(folder);
        }
    }

    /** Runs one input outside of Jazzer. What it throws is what the user asked to see. */
    private int replayed(Path file) throws IOException {
        Target door = Targets.named(target);
        byte[] instructions = Files.readAllBytes(file);
        Bytes input = Mutation.input(instructions, door.messages());
        new Meter(door).run(input, Mutation.isRaw(instructions));
        say("no crash: " + input.length() + " B, accepted or refused as documented");
        return 0;
    }

    /** Returns Jazzer's exit status. */
    private int fuzzed(Path folder) throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        writeCorpus(corpus);
        Process process = new ProcessBuilder(command(folder, corpus))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stop);
        return status;
    }

    private Properties counts(Path folder, Path log) throws IOException, CommandFailure {
        Path counts = folder.resolve(COUNTS);
        if (!Files.exists(counts)) throw broken("the fuzzer did not run", log);
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(counts)) {
            read.load(in);
        }
        return read;
    }

    private CommandFailure broken(String what, Path log) throws IOException {
        say(Files.readString(log));
        return new CommandFailure(Exit.FAILED, "INTERNAL", what, "Its output is above.");
    }

    private List<String> command(Path folder, Path corpus) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "--limit-modules",
                MODULES,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--target_args=" + target + " " + folder.resolve(COUNTS),
                "--instrumentation_includes=linnet.core.**:linnet.app.api.**:linnet.app.json.**:linnet.jvm.Backup*:linnet.app.cli.QrText",
                "--custom_hook_includes=linnet.core.**:linnet.app.api.**:linnet.app.json.**:linnet.jvm.Backup*:linnet.app.cli.QrText",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-timeout=" + INPUT_SECONDS_MAX,
                "-max_len=" + INPUT_BYTES_MAX,
                corpus.toString());
    }

    private void writeCorpus(Path corpus) throws IOException {
        List<Bytes> messages = Targets.named(target).messages();
        Files.write(corpus.resolve("raw"), Mutation.raw(messages.get(0)));
        for (int i = 0; i < messages.size(); i++) Files.write(corpus.resolve("edited-" + i), Mutation.edited(i));
    }

    /** Moves crashes to where they stay, and says how to run each again. */
    private List<Path> kept(Path folder, Path log) throws IOException {
        List<Path> kept = new ArrayList<>();
        List<Path> crashes;
        try (Stream<Path> all = Files.list(folder)) {
            crashes = all.filter(Fuzz::isCrash).toList();
        }
        if (!crashes.isEmpty()) say(Files.readString(log));
        for (Path crash : crashes) {
            Path to = Path.of("fuzz-" + target + "-" + crash.getFileName());
            Files.copy(crash, to, StandardCopyOption.REPLACE_EXISTING);
            say("crash: ./linnet fuzz --target " + target + " --replay " + to);
            kept.add(to);
        }
        return kept;
    }

    private static boolean isCrash(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("crash-") || name.startsWith("timeout-") || name.startsWith("oom-");
    }

    private int reported(Properties counts, List<Path> crashes) {
        long executions = Long.parseLong(counts.getProperty("executions"));
        long accepted = Long.parseLong(counts.getProperty("accepted"));
        long perHalfMinute = SLOW.contains(target) ? EXECUTIONS_MIN_SLOW : EXECUTIONS_MIN;
        long wanted = perHalfMinute * seconds / SECONDS_MIN;
        return Report.of("fuzz")
                .config("target", target)
                .config("seconds", seconds)
                .config("crypto", Targets.named(target).crypto())
                .figure("executions", executions)
                .figure("accepted_share", executions == 0 ? 0 : (double) accepted / executions)
                .figure("crashes", crashes.size())
                .figure("peak_heap_mb", Long.parseLong(counts.getProperty("peakHeapMegabytes")))
                .goal(Goal.exactly("crashes", 0))
                .goal(Goal.atLeast("accepted_share", ACCEPTED_SHARE_MIN).from(SECONDS_MIN, "seconds"))
                .goal(Goal.atLeast("executions", wanted).from(SECONDS_MIN, "seconds"))
                .print(System.out, wantsJson());
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
