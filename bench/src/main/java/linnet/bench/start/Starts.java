package linnet.bench.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import linnet.bench.peer.PeerProcess;
import linnet.bench.peer.PeerSystem;

/** From the start of the first process to the last echo: two processes one after the other, or one and fifteen at once. */
final class Starts {
    private static final int MANY = 15;
    private static final double MICROS_PER_MILLI = 1_000;

    private Starts() {}

    static double two(PeerSystem system) throws IOException, InterruptedException {
        try (PeerProcess third = system.needsThird()
                        ? PeerProcess.start(system, -1, 1, null).awaitReady()
                        : null;
                PeerProcess first = PeerProcess.start(system, -1, 1, third == null ? null : third.address())
                        .awaitReady();
                PeerProcess second = PeerProcess.start(system, -1, 1, third == null ? first.address() : third.address())
                        .awaitReady()) {
            long began = third == null ? first.startedMicros() : third.startedMicros();
            return (reach(second, first) - began) / MICROS_PER_MILLI;
        }
    }

    /** Each of the fifteen reaches its neighbour. */
    static double sixteen(PeerSystem system) throws IOException, InterruptedException {
        List<PeerProcess> all = new ArrayList<>();
        ExecutorService asking = Executors.newFixedThreadPool(MANY);
        try (PeerProcess first = PeerProcess.start(system, -1, 1, null).awaitReady()) {
            for (int i = 0; i < MANY; i++) all.add(PeerProcess.start(system, -1, 1, first.address()));
            for (PeerProcess each : all) each.awaitReady();
            List<CompletableFuture<Long>> reached = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                PeerProcess from = all.get(i);
                PeerProcess to = all.get((i + 1) % MANY);
                reached.add(CompletableFuture.supplyAsync(() -> reachOrThrow(from, to), asking));
            }
            long last = 0;
            try {
                for (CompletableFuture<Long> each : reached) last = Math.max(last, each.join());
            } catch (CompletionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            }
            return (last - first.startedMicros()) / MICROS_PER_MILLI;
        } finally {
            asking.shutdownNow();
            all.forEach(PeerProcess::close);
        }
    }

    private static long reachOrThrow(PeerProcess from, PeerProcess to) {
        try {
            return reach(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long reach(PeerProcess from, PeerProcess to) throws IOException, InterruptedException {
        Object at =
                from.ask("reach", Map.of("id", to.id(), "addr", to.address())).get("at_us");
        if (at instanceof Number micros) return micros.longValue();
        throw new IOException("nobody said when");
    }
}
