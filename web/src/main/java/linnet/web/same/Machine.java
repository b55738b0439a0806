package linnet.web.same;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that runs seeds: a JVM, or Node with the compiled JavaScript.
 *
 * @param name what people know it by, as {@code JDK 17.0.15}
 * @param command starts {@link SeedRun}; the first seed and how many follow
 */
public record Machine(String name, List<String> command) {
    /** Enough for 30 simulated peers, and small enough for several at once. */
    private static final String HEAP = "-Xmx512m";

    /** Copies the command. */
    public Machine {
        command = List.copyOf(command);
    }

    /** Returns a JDK that runs the classes of this program. */
    public static Machine of(Jdk jdk) {
        String classes = System.getProperty("java.class.path");
        return new Machine(
                "JDK " + jdk.version(),
                List.of(jdk.java().toString(), HEAP, "-XX:+UseSerialGC", "-cp", classes, SeedRun.class.getName()));
    }

    /** Returns Node with the bundle unpacked into {@code folder}. */
    public static Machine of(Node node, Path folder) {
        Path bundle = folder.resolve("seeds.mjs");
        try (var in = Machine.class.getResourceAsStream("/linnet/web/seeds.mjs")) {
            if (in == null)
                throw new IllegalStateException("seeds.mjs is not in this program: web was built without TeaVM");
            Files.copy(in, bundle);
            Files.writeString(
                    folder.resolve("run.mjs"), "import { main } from './seeds.mjs';\nmain(process.argv.slice(2));\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Machine(
                "Node " + node.version(),
                List.of(node.program(), folder.resolve("run.mjs").toString()));
    }

    /** Runs the seeds and returns one hash each, in order. */
    List<SeedHash> run(long first, int count) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.add(Long.toString(first));
        line.add(Integer.toString(count));
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader printed =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<SeedHash> hashes = printed.lines().map(SeedHash::parse).toList();
            int status = process.waitFor();
            if (status != 0 || hashes.size() != count)
                throw new IOException(name + " ended with status " + status + " after " + hashes.size() + " of " + count
                        + " seeds from " + first);
            return hashes;
        } finally {
            process.destroy();
        }
    }
}
