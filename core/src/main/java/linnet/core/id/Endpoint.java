package linnet.core.id;

/**
 * Where a host can be dialled, as a URI: {@code ws://192.0.2.1:7071/}, {@code wss://…}, {@code mem:7} (simulator).
 *
 * @param uri at most 256 characters of printable ASCII without spaces
 */
public record Endpoint(String uri) {
    /** Longest URI in characters. */
    public static final int CHARS_MAX = 256;

    /** Checks length and characters. */
    public Endpoint {
        if (uri.isEmpty() || uri.length() > CHARS_MAX)
            throw new IllegalArgumentException("endpoint of " + uri.length() + " characters");
        if (!isEndpoint(uri)) throw new IllegalArgumentException("endpoint with a character that a URI cannot have");
    }

    /** Returns whether an endpoint can be made of this text. */
    public static boolean isEndpoint(String uri) {
        if (uri.isEmpty() || uri.length() > CHARS_MAX) return false;
        for (int i = 0; i < uri.length(); i++) if (uri.charAt(i) <= ' ' || uri.charAt(i) > '~') return false;
        return true;
    }

    /** Returns whether packets are sent there: no link leads there. */
    public boolean isForPackets() {
        return uri.startsWith("udp:");
    }

    @Override
    public String toString() {
        return uri;
    }
}
