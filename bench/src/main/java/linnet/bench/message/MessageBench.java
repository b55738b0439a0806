package linnet.bench.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import linnet.app.cli.CommandFailure;
import linnet.app.report.Goal;
import linnet.app.report.Report;
import linnet.bench.Folders;
import linnet.bench.RoundsVerb;
import linnet.bench.Samples;
import linnet.bench.peer.PeerProcess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code linnet bench message}: the whole way of a message, from the call to the tick "delivered", between two processes whose stores wait
 * for the disk; beside the same cryptography and the same batches alone, in the same run on the same processors.
 */
@Command(name = "message", description = "Measure messages from the call to the tick, with both stores durable.")
public final class MessageBench extends RoundsVerb {
    private static final int TOGETHER = 64;
    private static final int WARM = 12_000;
    private static final int SINGLE = 300;
    private static final int COMMITS = 300;
    private static final int SEALS = 2_000;
    private static final double RATE_MIN = 1_500;
    private static final double LIMIT_SHARE_MIN = 0.5;

    /** One in flight takes three commits one after the other, and this much for everything else. */
    private static final double COMMITS_EACH = 3;

    private static final double MORE_MILLIS = 5;
    private static final double MICROS_PER_MILLI = 1_000;

    @Option(
            names = "--messages",
            defaultValue = "6000",
            paramLabel = "<n>",
            description = "Messages of a round; default ${DEFAULT-VALUE}.")
    int messages;

    @Override
    protected int run() throws IOException, InterruptedException, CommandFailure, ExecutionException {
        checkRounds();
        if (messages < TOGETHER) throw CommandFailure.usage("--messages is at least " + TOGETHER);
        Path folder = Files.createTempDirectory("linnet-bench-message");
        double seal;
        try (MessagePair pair = MessagePair.start(folder)) {
            pair.send(WARM, TOGETHER);
            for (int i = 1; i <= rounds; i++) {
                measure(i, pair);
                say("round " + i + ": " + progress());
            }
            seal = number(pair.writing().ask("seal", Map.of("n", SEALS)), "us");
        } finally {
            Folders.delete(folder);
        }
        return report(seal).print(System.out, wantsJson());
    }

    private void measure(int round, MessagePair pair) throws IOException, InterruptedException, ExecutionException {
        double coreBefore = threads(pair, "core_us");
        double diskBefore = threads(pair, "disk_us");
        double rate = messages / number(pair.send(messages, TOGETHER), "seconds");
        double core = (threads(pair, "core_us") - coreBefore) / messages;
        double store = (threads(pair, "disk_us") - diskBefore) / messages;
        List<Double> single = times(pair.send(SINGLE, 1));
        List<Double> commits = times(pair.writing().ask("commits", Map.of("n", COMMITS)));
        CompletableFuture<Double> sending = alone(pair.writing(), Alone.Side.SENDER);
        CompletableFuture<Double> receiving = alone(pair.reading(), Alone.Side.RECEIVER);
        double limitSeconds = Math.max(sending.get(), receiving.get());
        note(round, "messages_per_second", rate);
        note(round, "limit_messages_per_second", messages / limitSeconds);
        note(round, "p50_ms", Samples.median(single) / MICROS_PER_MILLI);
        note(round, "p99_ms", Samples.at(single, 0.99) / MICROS_PER_MILLI);
        note(round, "raw_commit_p50_ms", Samples.median(commits) / MICROS_PER_MILLI);
        note(round, "cpu_us_store", store);
        note(round, "cpu_us_core", core);
    }

    private CompletableFuture<Double> alone(PeerProcess process, Alone.Side side) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return number(
                        process.ask("limit", Map.of("side", side.name(), "n", messages, "together", TOGETHER)),
                        "seconds");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Report report(double seal) {
        Report report = Report.of("bench message")
                .config("rounds", rounds)
                .config("messages", messages)
                .config("in_flight", TOGETHER);
        return medians(report)
                .figure("vs_limit", ratio("messages_per_second", "limit_messages_per_second"))
                .figure("cpu_us_seal", seal)
                .figure("cpu_us_link", Math.max(0, median("cpu_us_core") - seal))
                .goal(Goal.atLeast("messages_per_second", RATE_MIN))
                .goal(Goal.atLeast("vs_limit", LIMIT_SHARE_MIN))
                .goal(Goal.atMost("p50_ms", COMMITS_EACH * median("raw_commit_p50_ms") + MORE_MILLIS));
    }

    private static double threads(MessagePair pair, String field) throws IOException, InterruptedException {
        return number(pair.writing().ask("threads", Map.of()), field)
                + number(pair.reading().ask("threads", Map.of()), field);
    }

    private static double number(Map<String, @Nullable Object> answer, String field) throws IOException {
        if (answer.get(field) instanceof Number number) return number.doubleValue();
        throw new IOException("no figure " + field);
    }

    private static List<Double> times(Map<String, @Nullable Object> answer) throws IOException {
        if (answer.get("us") instanceof List<?> list)
            return list.stream().map(each -> ((Number) each).doubleValue()).toList();
        throw new IOException("no times");
    }
}
