package linnet.bench.peer;

import org.jspecify.annotations.Nullable;

/** One command of the driver: a flat JSON object whose texts hold no escapes. Read without a parser, which would cost start time. */
public record Line(String text) {
    /** Returns a field as text. */
    public String text(String name) {
        String value = find(name);
        if (value == null) throw new IllegalArgumentException("no field " + name);
        return value;
    }

    /** Returns a field as a number. */
    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    private @Nullable String find(String name) {
        String key = '"' + name + '"';
        int at = text.indexOf(key);
        if (at < 0) return null;
        int from = at + key.length();
        while (" :".indexOf(text.charAt(from)) >= 0) from++;
        if (text.charAt(from) == '"') return text.substring(from + 1, text.indexOf('"', from + 1));
        int to = from;
        while (",} ".indexOf(text.charAt(to)) < 0) to++;
        return text.substring(from, to);
    }
}
