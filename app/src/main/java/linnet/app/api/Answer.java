package linnet.app.api;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered with: an object that becomes JSON, or a file.
 *
 * @param status the HTTP status
 * @param object becomes JSON; empty beside a file
 * @param file the file; null for JSON
 */
record Answer(
        int status,
        Map<String, @Nullable Object> object,
        @Nullable File file) {
    /**
     * A file to be kept by the caller.
     *
     * @param bytes what is in it; null when it lies on the disk
     * @param spool where it lies; it is removed when it was sent
     */
    record File(
            String type,
            String name,
            @Nullable Buffer bytes,
            @Nullable Path spool) {}

    Answer(int status, Map<String, @Nullable Object> object) {
        this(status, object, null);
    }

    static Answer ok(Map<String, @Nullable Object> object) {
        return new Answer(200, object);
    }

    static Answer spooled(String type, String name, Path spool) {
        return new Answer(200, Map.of(), new File(type, name, null, spool));
    }

    static Answer file(String type, String name, Buffer bytes) {
        return new Answer(200, Map.of(), new File(type, name, bytes, null));
    }
}
