package linnet.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import linnet.app.json.Json;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/** Any JSON that somebody posts: what is read writes as JSON, which reads as the same. */
final class ApiJsonTarget implements Target {
    /** Text of two bytes a character, the parser's buffers, and an object of a map for every few characters. */
    private static final int ALLOCATED_PER_INPUT_BYTE = 512;

    @Override
    public List<Bytes> messages() {
        return List.of(
                Bytes.utf8("{\"text\":\"Gr\\u00fc\\u00dfe \\ud83d\\ude00, 東京\",\"open\":true,\"none\":null}"),
                Bytes.utf8("{\"ids\":[\"00112233445566778899aabbccddeeff\",\"ff\"],\"leaseSeconds\":60}"),
                Bytes.utf8("{\"target\":\"peer1qqqsyqcyq5rqwzqf\",\"walk\":true}"),
                Bytes.utf8("{\"a\":{\"b\":[[{\"c\":[]}]]},\"n\":[0,-1,9223372036854775807,1.5e-3,1e300]}"),
                Bytes.utf8("  {\n\t\"\\\"\\\\\\/\\b\\f\\n\\r\\t\" : false }  "));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        Map<String, @Nullable Object> object;
        try {
            object = Json.object(new String(input.shared(), StandardCharsets.UTF_8));
        } catch (Json.Malformed refused) {
            return false;
        }
        String written = Json.write(object);
        try {
            if (!Json.object(written).equals(object)) throw new IllegalStateException("another object after writing");
        } catch (Json.Malformed e) {
            throw new IllegalStateException("what was written cannot be read: " + e.getMessage(), e);
        }
        return true;
    }

    @Override
    public String crypto() {
        return "none";
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return 4L * ALLOCATED_BYTES_BASE + (long) ALLOCATED_PER_INPUT_BYTE * inputBytes;
    }
}
