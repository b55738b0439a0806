package linnet.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds of the machine's memory, after its garbage is gone. */
final class Memory {
    private static final int COLLECTIONS = 3;
    private static final int KILO = 1_024;

    private Memory() {}

    /** Returns the fields {@code rss_kb} and {@code heap_kb}. */
    static String afterCollection() {
        for (int i = 0; i < COLLECTIONS; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        return ",\"rss_kb\":" + residentKb() + ",\"heap_kb\":" + (runtime.totalMemory() - runtime.freeMemory()) / KILO;
    }

    private static long residentKb() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status")))
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("this system does not tell what a process holds");
    }
}
