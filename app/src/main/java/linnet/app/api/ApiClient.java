package linnet.app.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    private Map<String, @Nullable Object> call(String method, String path, @Nullable Map<String, ?> body)
            throws IOException, ApiProblem {
        URI uri = URI.create(
                "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + ApiRequests.PREFIX + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS_MAX);
        connection.setReadTimeout(READ_MILLIS_MAX);
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
        return answerOf(connection);
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
