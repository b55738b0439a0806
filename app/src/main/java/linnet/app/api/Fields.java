package linnet.app.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.config.Nearest;
import org.jspecify.annotations.Nullable;

/** The fields of one body, or the parameters of one query: taken one by one, each with its range, nothing left over. */
final class Fields {
    private final Map<String, @Nullable Object> left;
    private final List<String> known = new ArrayList<>();

    Fields(Map<String, ? extends @Nullable Object> all) {
        left = new LinkedHashMap<>(all);
    }

    /** Takes a text of 1 to {@code bytesMax} bytes of UTF-8. */
    String text(String name, int bytesMax) throws ApiProblem {
        Object value = take(name);
        if (!(value instanceof String text)) throw wrong(name, "a text is expected");
        if (text.isEmpty()) throw wrong(name, "must not be empty");
        if (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > bytesMax)
            throw new ApiProblem(413, "TOO_LARGE", name + ": longer than " + bytesMax + " bytes", "Send less at once.");
        return text;
    }

    /** Takes a text as {@link #text}, or {@code standard} when there is none. */
    String textOr(String name, int bytesMax, String standard) throws ApiProblem {
        String text = textOrNull(name, bytesMax);
        return text == null ? standard : text;
    }

    /** Takes a text as {@link #text}, or null when there is none. */
    @Nullable
    String textOrNull(String name, int bytesMax) throws ApiProblem {
        return left.get(name) == null ? nothing(name) : text(name, bytesMax);
    }

    /** Takes a text as {@link #text}, or a null that was written down: leaving it away is no answer. */
    @Nullable
    String given(String name, int bytesMax) throws ApiProblem {
        if (!left.containsKey(name)) throw wrong(name, "a text or null is expected");
        return textOrNull(name, bytesMax);
    }

    /** Takes true or false, or null when there is neither. */
    @Nullable
    Boolean boolOrNull(String name) throws ApiProblem {
        if (left.get(name) != null) return bool(name);
        take(name);
        return null;
    }

    /** Takes true or false. */
    boolean bool(String name) throws ApiProblem {
        Object value = take(name);
        if (value instanceof Boolean bool) return bool;
        throw wrong(name, "true or false is expected");
    }

    /** Takes a whole number, written as a number in a body and as digits in a query. */
    long whole(String name, long min, long max, long standard) throws ApiProblem {
        Object value = take(name);
        if (value == null) return standard; // a null is the same as nothing
        Long number = value instanceof Long whole ? whole : value instanceof String text ? digits(text) : null;
        if (number == null || number < min || number > max)
            throw wrong(name, "a whole number from " + min + " to " + max + " is expected");
        return number;
    }

    /** Takes a list of 1 to {@code max} texts. */
    List<String> texts(String name, int max) throws ApiProblem {
        if (!(take(name) instanceof List<?> list)) throw wrong(name, "a list is expected");
        if (list.isEmpty() || list.size() > max) throw wrong(name, "1 to " + max + " entries are expected");
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text)) throw wrong(name, "a list of texts is expected");
            texts.add(text);
        }
        return texts;
    }

    /** Refuses what nobody took. */
    void end() throws ApiProblem {
        if (left.isEmpty()) return;
        String name = left.keySet().iterator().next();
        String meant = Nearest.of(name, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "; none is expected" : "; known: " + String.join(", ", known));
        throw ApiProblem.malformed("unknown field '" + shortened(name) + "'" + meant);
    }

    private @Nullable String nothing(String name) {
        take(name);
        return null;
    }

    private @Nullable Object take(String name) {
        known.add(name);
        return left.remove(name);
    }

    private static @Nullable Long digits(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static ApiProblem wrong(String name, String expected) {
        return ApiProblem.malformed(name + ": " + expected);
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }
}
