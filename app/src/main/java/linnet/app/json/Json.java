package linnet.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, strings, {@link Long}, {@link Double}, {@link Boolean} and null, over Jackson's streaming parser (which Vert.x
 * brings): strict, and bounded in depth and length, so that a hostile text costs what a good one of its size costs.
 */
public final class Json {
    /** Deepest nesting. Our own objects need four levels. */
    public static final int DEPTH_MAX = 16;

    /** Longest number in characters: a long has 19 digits and a sign. */
    private static final int NUMBER_CHARS_MAX = 32;

    /** Longest name of a field in characters. */
    private static final int NAME_CHARS_MAX = 256;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_CHARS_MAX)
                    .maxNameLength(NAME_CHARS_MAX)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private Json() {}

    /** The text is no JSON, or not of the kind that was asked for. The message is a sentence without the text itself. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** Reads one object and nothing behind it. */
    public static Map<String, @Nullable Object> object(String text) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new Malformed("a JSON object is expected");
            Map<String, @Nullable Object> object = objectAt(parser);
            if (parser.nextToken() != null) throw new Malformed("there is text behind the JSON object");
            return object;
        } catch (JsonProcessingException e) {
            throw new Malformed("this is no JSON: " + firstSentence(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes maps, lists, strings, numbers, booleans and null in one line. */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Map<String, @Nullable Object> objectAt(JsonParser parser) throws IOException, Malformed {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.put(name, valueAt(parser));
        }
        return object;
    }

    private static List<@Nullable Object> listAt(JsonParser parser) throws IOException, Malformed {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) list.add(valueAt(parser));
        return list;
    }

    private static @Nullable Object valueAt(JsonParser parser) throws IOException, Malformed {
        JsonToken token = parser.currentToken();
        if (token == null) throw new Malformed("the JSON ends too early");
        return switch (token) {
            case START_OBJECT -> objectAt(parser);
            case START_ARRAY -> listAt(parser);
            case VALUE_STRING -> wholeText(parser.getText());
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new Malformed("the JSON has a value that cannot be read");
        };
    }

    private static Long wholeNumber(JsonParser parser) throws IOException, Malformed {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) throw new Malformed("a number is too large");
        return parser.getLongValue();
    }

    private static Double fraction(double value) throws Malformed {
        if (!Double.isFinite(value)) throw new Malformed("a number is too large");
        return value;
    }

    /** Half a surrogate pair is no character and would not survive UTF-8. */
    private static String wholeText(String text) throws Malformed {
        boolean half = text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        if (half) throw new Malformed("a text has half a surrogate pair");
        return text;
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) generator.writeNull();
        else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            // Map.of has another order in every run; the output must not.
            Map<?, ?> ordered = map instanceof LinkedHashMap ? map : new TreeMap<>(map);
            for (Map.Entry<?, ?> entry : ordered.entrySet()) {
                generator.writeFieldName((String) entry.getKey());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object item : list) write(generator, item);
            generator.writeEndArray();
        } else if (value instanceof Boolean bool) generator.writeBoolean(bool);
        else if (value instanceof Double number) generator.writeNumber(number);
        else if (value instanceof Number number) generator.writeNumber(number.longValue());
        else generator.writeString(value.toString());
    }

    /** Jackson's messages go on for lines, and may quote what they read. */
    private static String firstSentence(String message) {
        int end = message.length();
        for (char stop : new char[] {'\n', ':', '('}) {
            int at = message.indexOf(stop);
            if (at > 0) end = Math.min(end, at);
        }
        return message.substring(0, end).strip();
    }
}
