package linnet.app.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Consumer;
import linnet.sim.dht.Gauge;

/** What this machine spends on a simulated network: its clocks and its heap. */
final class MachineGauge implements Gauge {
    private final Consumer<String> progress;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    MachineGauge(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public long cpuNanos() {
        return threads.getCurrentThreadCpuTime();
    }

    @Override
    public long realNanos() {
        return System.nanoTime();
    }

    @Override
    public long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void say(String line) {
        progress.accept(line);
    }
}
