package linnet.app.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered with.
 *
 * @param status the HTTP status
 * @param object becomes JSON
 */
record Answer(int status, Map<String, @Nullable Object> object) {
    static Answer ok(Map<String, @Nullable Object> object) {
        return new Answer(200, object);
    }
}
