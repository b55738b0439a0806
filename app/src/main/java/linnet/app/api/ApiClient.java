package linnet.app.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Calls the local API of a node. Over the JDK's old HTTP client, because a command lives for a moment and that one starts four
 * times as fast as the new one. Thread-safe.
 */
public final class ApiClient {
    private static final int CONNECT_MILLIS_MAX = 5_000;

    /** Above the longest wait of a long poll. */
    private static final int READ_MILLIS_MAX = 45_000;

    /** A file is made before the answer begins; just below the time after which the node closes a connection that says nothing. */
    private static final int FILE_MILLIS_MAX = 115_000;

    /** How often a call is made that comes too fast. */
    private static final int ATTEMPTS_MAX = 5;

    private final int port;
    private final String token;

    /** Creates a client of the node whose API listens at {@code port}. */
    public ApiClient(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /**
     * Asks for something.
     *
     * @param path without the prefix, such as {@code contacts}
     */
    public Map<String, @Nullable Object> get(String path) throws IOException, ApiProblem {
        return call("GET", path, null);
    }

    /** Asks to do something. */
    public Map<String, @Nullable Object> post(String path, Map<String, ?> body) throws IOException, ApiProblem {
        return call("POST", path, body);
    }

    /** Asks to set something. */
    public Map<String, @Nullable Object> put(String path, Map<String, ?> body) throws IOException, ApiProblem {
        return call("PUT", path, body);
    }

    /** Returns the events after {@code since}; waits up to {@code waitMillis} for the first. */
    public List<Map<String, @Nullable Object>> events(long since, long waitMillis) throws IOException, ApiProblem {
        return list(
                get("events?since=" + since + "&wait=" + waitMillis + "&limit=" + ApiRequests.EVENTS_MAX), "events");
    }

    /** Returns the objects of a list in an answer. */
    @SuppressWarnings("unchecked") // checked for each object: Json makes maps with text keys only
    public static List<Map<String, @Nullable Object>> list(Map<String, @Nullable Object> answer, String name)
            throws IOException {
        if (!(answer.get(name) instanceof List<?> list)) throw new IOException("the answer has no list of " + name);
        for (Object item : list)
            if (!(item instanceof Map)) throw new IOException("the answer has no objects in its list of " + name);
        return (List<Map<String, @Nullable Object>>) list;
    }

    /** Returns a name as a part of a path or query. */
    public static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Asks for a file, which goes to {@code out}. */
    public void file(String path, Map<String, ?> body, OutputStream out) throws IOException, ApiProblem {
        HttpURLConnection connection = asked("POST", path, body, FILE_MILLIS_MAX);
        if (connection.getResponseCode() >= 400) answerOf(connection);
        try (InputStream in = connection.getInputStream()) {
            in.transferTo(out);
        }
    }

    /** Asks for a text that is not under the prefix, such as {@code /metrics}. */
    public String text(String path) throws IOException, ApiProblem {
        HttpURLConnection connection = asked("GET", path, null, READ_MILLIS_MAX);
        if (connection.getResponseCode() >= 400) answerOf(connection);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, @Nullable Object> call(String method, String path, @Nullable Map<String, ?> body)
            throws IOException, ApiProblem {
        return answerOf(asked(method, path, body, READ_MILLIS_MAX));
    }

    /** Asks, and asks again when the node says that it was too soon: nothing was done then. */
    private HttpURLConnection asked(String method, String path, @Nullable Map<String, ?> body, int readMillisMax)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            HttpURLConnection connection = once(method, path, body, readMillisMax);
            String seconds = connection.getResponseCode() == 429 ? connection.getHeaderField("Retry-After") : null;
            if (seconds == null || attempt == ATTEMPTS_MAX) return connection;
            pause(Long.parseLong(seconds));
        }
    }

    private static void pause(long seconds) throws IOException {
        try {
            TimeUnit.SECONDS.sleep(seconds); // as the node asked for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the node takes no more calls");
        }
    }

    private HttpURLConnection once(String method, String path, @Nullable Map<String, ?> body, int readMillisMax)
            throws IOException {
        String whole = path.startsWith("/") ? path : ApiRequests.PREFIX + path;
        URI uri = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + whole);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS_MAX);
        connection.setReadTimeout(readMillisMax);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setUseCaches(false);
        if (body != null) {
            byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            // With a fixed length the JDK never sends a POST a second time by itself.
            connection.setFixedLengthStreamingMode(bytes.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
        return connection;
    }

    private static Map<String, @Nullable Object> answerOf(HttpURLConnection connection) throws IOException, ApiProblem {
        int status = connection.getResponseCode();
        String text;
        try (@Nullable InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            Map<String, @Nullable Object> object = Json.object(text);
            if (status < 400) return object;
            throw new ApiProblem(
                    status,
                    String.valueOf(object.getOrDefault("code", Failure.Code.INTERNAL.name())),
                    String.valueOf(object.getOrDefault("detail", "")),
                    String.valueOf(object.getOrDefault("hint", "")));
        } catch (Json.Malformed e) {
            throw new IOException("what answers at this port is no node of ours (status " + status + ")", e);
        }
    }
}
