package linnet.app.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.json.Json;
import org.jspecify.annotations.Nullable;

/** Calls by a plain socket, so that a test can send what no HTTP library sends. */
final class Http {
    private final int port;
    private final List<String> headers = new ArrayList<>();
    private @Nullable String host;

    private Http(int port) {
        this.port = port;
        this.host = "127.0.0.1:" + port;
    }

    static Http to(int port) {
        return new Http(port);
    }

    static Http to(int port, String token) {
        return new Http(port).header("Authorization: Bearer " + token);
    }

    Http header(String line) {
        headers.add(line);
        return this;
    }

    Http host(@Nullable String other) {
        host = other;
        return this;
    }

    Reply call(String method, String path, byte... body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(40_000);
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
            if (host != null) head.append("Host: ").append(host).append("\r\n");
            for (String line : headers) head.append(line).append("\r\n");
            if (body.length > 0)
                head.append("Content-Length: ").append(body.length).append("\r\n");
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return Reply.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    Reply call(String method, String path, String body) throws IOException {
        return call(method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer. */
    record Reply(int status, Map<String, String> headers, String body) {
        static Reply of(String text) {
            int end = text.indexOf("\r\n\r\n");
            String[] lines = text.substring(0, end).split("\r\n", -1);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line : lines) {
                int colon = line.indexOf(": ");
                if (colon > 0)
                    headers.put(line.substring(0, colon).toLowerCase(java.util.Locale.ROOT), line.substring(colon + 2));
            }
            return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, text.substring(end + 4));
        }

        Map<String, ?> json() {
            try {
                return Json.object(body);
            } catch (Json.Malformed e) {
                throw new AssertionError(body, e);
            }
        }

        String code() {
            return String.valueOf(json().get("code"));
        }
    }
}
