package linnet.bench.message;

import java.lang.management.ManagementFactory;
import linnet.core.wire.Envelope;

/** What signing, sealing, opening and checking one message costs a processor, at both ends together. */
final class SealCost {
    private static final double NANOS_PER_MICRO = 1_000;

    private SealCost() {}

    static double microsEach(int count) {
        Sealing sealing = new Sealing();
        cpuNanos(sealing, count);
        return cpuNanos(sealing, count) / NANOS_PER_MICRO / count;
    }

    private static long cpuNanos(Sealing sealing, int count) {
        long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            Envelope envelope = sealing.seal(i + 1L);
            sealing.open(envelope);
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from;
    }
}
