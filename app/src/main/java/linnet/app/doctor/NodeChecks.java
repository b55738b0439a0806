package linnet.app.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.node.Running;
import linnet.app.node.Token;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;
import linnet.jvm.JvmConfig;
import org.jspecify.annotations.Nullable;

/** What a running node answers, and whether its own addresses lead to it. */
final class NodeChecks {
    private static final int WAIT_MILLIS = 2_000;
    private static final int ANSWER_BYTES_MAX = 64;

    private final Path home;

    NodeChecks(Path home) {
        this.home = home;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        try {
            Optional<Running> running = Running.read(home);
            if (running.isEmpty() || !running.get().isAlive()) {
                findings.add(Finding.weak("node", "it is not running", "Start it: linnet up"));
                return findings;
            }
            api(running.get(), findings);
        } catch (IOException e) {
            findings.add(Finding.broken("node", Failure.Code.NOT_AUTHORISED, "its files cannot be read: " + e));
        }
        return findings;
    }

    private void api(Running running, List<Finding> findings) throws IOException {
        Optional<String> token = Token.read(home);
        if (token.isEmpty()) {
            findings.add(Finding.broken(
                    "api token", Failure.Code.NOT_AUTHORISED, "the home has no api-token", "Start the node again."));
            return;
        }
        try {
            Map<String, @Nullable Object> status = new ApiClient(running.apiPort(), token.get()).get("status");
            findings.add(Finding.well("node", "it runs as process " + status.get("pid")));
            findings.add(Finding.well("local API", "it answers at 127.0.0.1:" + running.apiPort()));
            page(new ApiClient(running.apiPort(), token.get()), findings);
            long dropped = status.get("droppedInputs") instanceof Long number ? number : 0;
            if (dropped > 0)
                findings.add(Finding.weak(
                        "program",
                        dropped + " inputs were dropped by errors in the program",
                        "Please report the log."));
            if (status.get("listen") instanceof List<?> addresses) {
                if (addresses.isEmpty())
                    findings.add(Finding.weak(
                            "address", "contacts are told no address", "Set 'advertise', or connect to a network."));
                for (Object address : addresses) findings.add(reach(String.valueOf(address)));
            }
        } catch (ApiProblem e) {
            findings.add(Finding.broken("local API", Failure.Code.NOT_AUTHORISED, "it refuses: " + e.getMessage()));
        } catch (IOException e) {
            if (!HomeChecks.isOpen(home)) {
                findings.add(Finding.weak(
                        "node",
                        "it is not running; process " + running.pid() + " has the number of the dead one",
                        "Start it: linnet up"));
                return;
            }
            findings.add(Finding.broken(
                    "local API",
                    Failure.Code.NOT_LISTENING,
                    "nothing answers at 127.0.0.1:" + running.apiPort() + ": " + e.getMessage(),
                    "Start the node again: linnet down, linnet up"));
        }
    }

    private static void page(ApiClient node, List<Finding> findings) throws IOException {
        try {
            boolean there = node.text("/").contains("<html");
            findings.add(
                    there
                            ? Finding.well("page", "it is served; open it by: linnet open")
                            : Finding.broken("page", Failure.Code.INTERNAL, "something else is served in its place"));
        } catch (ApiProblem e) {
            findings.add(Finding.weak("page", "this build has none", "Build the program with Node installed."));
        }
        try {
            boolean there = node.text("/metrics").contains("linnet_");
            if (!there) findings.add(Finding.broken("metrics", Failure.Code.INTERNAL, "there are none"));
        } catch (ApiProblem e) {
            findings.add(Finding.broken("metrics", Failure.Code.INTERNAL, "refused: " + e.getMessage()));
        }
    }

    /** Dials an own address as a contact would, up to the answer of the WebSocket handshake. */
    static Finding reach(String address) {
        if (address.startsWith("udp://")) return PacketCheck.of(address);
        String check = "address " + address;
        try {
            URI uri = JvmConfig.dialled(new Endpoint(address));
            if (uri == null) throw new IllegalArgumentException("no address of a node");
            boolean tls = "wss".equals(uri.getScheme());
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress(uri.getHost(), port), WAIT_MILLIS);
                Socket socket = tls
                        ? ((SSLSocketFactory) SSLSocketFactory.getDefault())
                                .createSocket(plain, uri.getHost(), port, true)
                        : plain;
                socket.setSoTimeout(WAIT_MILLIS);
                String status = upgrade(socket, uri, port);
                if (status.contains(" 101 ")) return Finding.well(check, "reached, and it speaks WebSocket");
                return Finding.broken(check, Failure.Code.UPGRADE_REFUSED, "it answers '" + status.strip() + "'");
            }
        } catch (SocketTimeoutException e) {
            return Finding.broken(
                    check,
                    Failure.Code.TIMEOUT,
                    "no answer within " + WAIT_MILLIS / 1_000 + " s",
                    "A firewall or router may drop it; contacts outside may not reach you there.");
        } catch (IOException e) {
            return Finding.broken(
                    check,
                    Failure.Code.NOT_LISTENING,
                    "it cannot be reached: " + e.getMessage(),
                    "Check 'listen' and 'advertise' of config.yaml.");
        } catch (IllegalArgumentException e) {
            return Finding.broken(check, Failure.Code.MALFORMED, "it is no address", "Check 'advertise'.");
        }
    }

    private static String upgrade(Socket socket, URI uri, int port) throws IOException {
        String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getHost() + ":" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: bGlubmV0LWRvY3Rvci1jaA==\r\nSec-WebSocket-Protocol: linnet.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
        String text = new String(answer, StandardCharsets.US_ASCII);
        int end = text.indexOf('\r');
        return (end < 0 ? text : text.substring(0, end)) + " ";
    }
}
