package linnet.bench.dht;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import linnet.bench.peer.PeerProcess;
import linnet.bench.peer.PeerSystem;

/**
 * What nodes say when nobody asks for anything: those of one process in a network of their own, where nothing else speaks, counted by its
 * loopback device, IP headers and what links say to stay open included. The kernel lets only root make such a network.
 */
final class IdleTraffic {
    /** Bytes of a kilobyte here, as those who count traffic have it. */
    static final double KILO = 1_000;

    private static final int NODES = 32;
    private static final long SETTLE_SECONDS = 40;
    private static final double SECONDS_PER_MINUTE = 60;

    /** Of the numbers that the kernel shows of a device, the bytes that came are the first. */
    private static final String LOOPBACK = "lo:";

    private IdleTraffic() {}

    /** Returns the bytes that each node sends in a minute, or nothing where no such network can be made. */
    static OptionalDouble measure(int seconds) throws IOException, InterruptedException {
        if (!canPart()) return OptionalDouble.empty();
        List<String> apart = List.of("unshare", "-n", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\"");
        PeerSystem system = PeerSystem.network().behind(apart, List.of());
        try (PeerProcess process = PeerProcess.start(system, -1, NODES, null).awaitReady()) {
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            long before = bytes(process);
            TimeUnit.SECONDS.sleep(seconds);
            return OptionalDouble.of((bytes(process) - before) / (double) NODES * SECONDS_PER_MINUTE / seconds);
        }
    }

    private static boolean canPart() throws IOException, InterruptedException {
        try {
            Process tried = new ProcessBuilder("unshare", "-n", "ip", "link", "set", "lo", "up")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return tried.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static long bytes(PeerProcess process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/net/dev"))) {
            String device = line.strip();
            if (device.startsWith(LOOPBACK))
                return Long.parseLong(
                        device.substring(LOOPBACK.length()).strip().split(" +", 2)[0]);
        }
        throw new IOException("the network of the nodes has no loopback device");
    }
}
