package linnet.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import linnet.app.api.ApiProblem;
import org.jspecify.annotations.Nullable;

/** Alice, Bob and Carol in a temporary folder, and a crowd around them if somebody wants one. However the program ends, their processes end and the folder goes. */
final class Theatre implements AutoCloseable {
    private final Path folder;
    private final List<Actor> actors = new ArrayList<>();
    private final long startNanos;
    private final Thread hook = new Thread(this::clear, "demo-stop");
    private @Nullable Crowd crowd;
    private boolean cleared;

    Theatre() throws IOException {
        folder = Files.createTempDirectory("linnet-demo");
        Runtime.getRuntime().addShutdownHook(hook);
        startNanos = System.nanoTime();
        for (String name : List.of("Alice", "Bob", "Carol")) enter(name);
    }

    private synchronized void enter(String name) throws IOException {
        if (!cleared) actors.add(new Actor(name, folder));
    }

    /** Waits until all nodes are up. */
    void awaitReady() throws IOException, ApiProblem, InterruptedException {
        for (Actor actor : actors) actor.awaitReady();
    }

    /** Lets so many more nodes in, who begin with an invite of Alice; returns them when each has found others. */
    Crowd crowd(int count, Consumer<String> talk) throws IOException, ApiProblem, InterruptedException {
        long startNanos = System.nanoTime();
        Crowd entering = new Crowd(folder.resolve("crowd"), Actor.NETWORK);
        synchronized (this) {
            if (cleared) throw new IOException("the demo has ended");
            crowd = entering;
        }
        entering.enter(count, alice().invite());
        boolean inTime = entering.awaitLinks();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        talk.accept(count + " more nodes joined by one invite"
                + (inTime ? " and have three links each after " : "; some have no three links after ") + millis
                + " ms");
        return entering;
    }

    Actor alice() {
        return actors.get(0);
    }

    Actor bob() {
        return actors.get(1);
    }

    Actor carol() {
        return actors.get(2);
    }

    /** Returns when the first process was started, on the clock of {@link System#nanoTime}. */
    long startNanos() {
        return startNanos;
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook has done or does the same.
            return;
        }
    }

    private synchronized void clear() {
        if (cleared) return;
        cleared = true;
        Crowd around = crowd;
        if (around != null) around.close();
        actors.parallelStream().forEach(actor -> {
            try {
                actor.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (NoSuchFileException e) {
            return; // somebody else cleaned up
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
