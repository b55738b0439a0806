package linnet.bench.start;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import linnet.bench.Checkout;

/** Starts the program as people do, and looks when it is ready and what it holds. */
final class DaemonStart {
    private static final long PATIENCE_SECONDS = 60;
    private static final long SETTLED_SECONDS = 5;
    private static final double KILO = 1_024;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int OK = 200;

    private DaemonStart() {}

    /**
     * What one start showed.
     *
     * @param readyMillis from exec to {@code /readyz} 200
     * @param residentMegabytes five seconds later; 0 if that was not asked for
     */
    record Start(double readyMillis, double residentMegabytes) {}

    static Start measure(Path home, boolean withMemory) throws IOException, InterruptedException {
        int port = freePort();
        Path log = home.resolveSibling(home.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Checkout.root().resolve("linnet").toString(),
                        "up",
                        "--foreground",
                        "--json",
                        "--home",
                        home.toString(),
                        "--listen=127.0.0.1:" + freePort(),
                        "--api-port=" + port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(process, port, log);
            double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
            if (!withMemory) return new Start(millis, 0);
            TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
            return new Start(millis, residentMegabytes(process));
        } finally {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        }
    }

    private static void awaitReady(Process process, int port, Path log) throws IOException, InterruptedException {
        URI ready = URI.create("http://127.0.0.1:" + port + "/readyz");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            if (isReady(ready)) return;
            if (process.waitFor(1, TimeUnit.MILLISECONDS))
                throw new IOException(
                        "the node ended at once: " + Files.readString(log).strip());
        }
        throw new IOException("the node is not ready after " + PATIENCE_SECONDS + " s");
    }

    private static boolean isReady(URI ready) {
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            try {
                return connection.getResponseCode() == OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static double residentMegabytes(Process process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) / KILO;
        throw new IOException("this system does not tell what a process holds");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
