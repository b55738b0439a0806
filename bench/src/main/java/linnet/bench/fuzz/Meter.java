package linnet.bench.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import linnet.core.id.Bytes;

/** Counts executions, and refuses inputs that allocate more than their target declares. */
final class Meter {
    /** An excess counts only when it repeats: the first run of a path also loads its classes. */
    private static final int TRIES = 4;

    private static final int MEGABYTE = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Target target;
    private long executions;
    private long accepted;

    Meter(Target target) {
        this.target = target;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) pool.resetPeakUsage();
    }

    /** Gives an input to the target. */
    void run(Bytes input, boolean raw) {
        executions++;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        if (target.accepts(input, raw)) accepted++;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long limit = target.allocatedBytesMax(input.length());
        for (int again = 1; allocated > limit && again < TRIES; again++) {
            before = THREADS.getCurrentThreadAllocatedBytes();
            target.accepts(input, raw);
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        if (allocated > limit)
            throw new IllegalStateException(
                    input.length() + " B of input allocated " + allocated + " B, declared are " + limit);
    }

    /** Writes the counts for the verb that started this process. */
    void write(Path file) {
        Properties counts = new Properties();
        counts.setProperty("executions", Long.toString(executions));
        counts.setProperty("accepted", Long.toString(accepted));
        counts.setProperty("peakHeapMegabytes", Long.toString(peakHeapBytes() / MEGABYTE));
        try (Writer out = Files.newBufferedWriter(file)) {
            counts.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long peakHeapBytes() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
            if (pool.getType() == MemoryType.HEAP) bytes += pool.getPeakUsage().getUsed();
        return bytes;
    }
}
