package linnet.bench.peer;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds of the machine's memory, after its garbage is gone. */
public final class Memory {
    private static final int COLLECTIONS = 3;
    private static final int KILO = 1_024;

    private Memory() {}

    /** Returns the fields {@code rss_kb}, {@code heap_kb} for what lives, and {@code direct_kb} for buffers beside the heap. */
    public static String afterCollection() {
        for (int i = 0; i < COLLECTIONS; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        return ",\"rss_kb\":" + residentKb() + ",\"heap_kb\":" + heap / KILO + ",\"direct_kb\":" + direct() / KILO;
    }

    private static long direct() {
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class))
            direct += pool.getMemoryUsed();
        // Netty's own are not counted there.
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider netty)
            direct += netty.metric().usedDirectMemory();
        return direct;
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
