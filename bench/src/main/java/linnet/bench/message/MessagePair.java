package linnet.bench.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import linnet.bench.peer.PeerProcess;
import linnet.bench.peer.PeerSystem;
import org.jspecify.annotations.Nullable;

/** Two nodes in two processes, each kept on a processor and with a home on disk, that are contacts of each other. */
public final class MessagePair implements AutoCloseable {
    private final PeerProcess writing;
    private final PeerProcess reading;
    private final String reader;

    private MessagePair(PeerProcess writing, PeerProcess reading) throws IOException, InterruptedException {
        this.writing = writing;
        this.reading = reading;
        Object link = writing.ask("invite", Map.of()).get("link");
        reading.ask("add", Map.of("link", String.valueOf(link)));
        writing.ask("met", Map.of());
        reading.ask("met", Map.of());
        reader = reading.id();
    }

    /** Starts both in fresh homes under {@code folder}, {@code writer} and {@code reader}. */
    public static MessagePair start(Path folder) throws IOException, InterruptedException {
        PeerProcess writing = process(folder.resolve("writer"), 0);
        try {
            PeerProcess reading = process(folder.resolve("reader"), 1);
            try {
                return new MessagePair(writing.awaitReady(), reading.awaitReady());
            } catch (IOException | InterruptedException | RuntimeException e) {
                reading.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            writing.close();
            throw e;
        }
    }

    /** Sends messages, so many on their way at once, and returns the answer with {@code seconds} and {@code us}. */
    public Map<String, @Nullable Object> send(int count, int together) throws IOException, InterruptedException {
        return writing.ask("send", Map.of("to", reader, "n", count, "inflight", together));
    }

    PeerProcess writing() {
        return writing;
    }

    PeerProcess reading() {
        return reading;
    }

    /** Ends both in order, so that their homes can be opened again. */
    public void stop() throws IOException, InterruptedException {
        writing.end();
        reading.end();
    }

    @Override
    public void close() {
        writing.close();
        reading.close();
    }

    private static PeerProcess process(Path home, int core) throws IOException {
        PeerSystem whole = PeerSystem.linnet().behind(List.of(), List.of("--message", home.toString()));
        return PeerProcess.start(whole, core, 1, null);
    }
}
