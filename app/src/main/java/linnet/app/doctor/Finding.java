package linnet.app.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.env.Failure;
import linnet.jvm.HostException;

/**
 * What one check found.
 *
 * @param check what was looked at
 * @param state how it is
 * @param code of docs/ERRORS.md; empty when all is well
 * @param words what was found
 * @param advice what to do; empty when nothing
 */
public record Finding(String check, State state, String code, String words, String advice) {
    /** How something is. */
    public enum State {
        /** As it should be. */
        WELL("ok", "✓"),
        /** Works, and could be better. */
        WEAK("warning", "!"),
        /** Must be put right. */
        BROKEN("broken", "✗");

        private final String word;
        private final String sign;

        State(String word, String sign) {
            this.word = word;
            this.sign = sign;
        }

        /** Returns the word of the API. */
        public String word() {
            return word;
        }

        /** Returns the sign in front of a line. */
        public String sign() {
            return sign;
        }
    }

    /** Returns the object that becomes JSON. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("check", check);
        object.put("state", state.word());
        object.put("code", code);
        object.put("words", words);
        object.put("advice", advice);
        return object;
    }

    static Finding well(String check, String words) {
        return new Finding(check, State.WELL, "", words, "");
    }

    static Finding weak(String check, String words, String advice) {
        return new Finding(check, State.WEAK, "", words, advice);
    }

    static Finding broken(String check, HostException.Kind kind, String words) {
        return new Finding(check, State.BROKEN, kind.name(), words, kind.hint());
    }

    static Finding broken(String check, Failure.Code code, String words) {
        return new Finding(check, State.BROKEN, code.name(), words, code.hint());
    }

    static Finding broken(String check, Failure.Code code, String words, String advice) {
        return new Finding(check, State.BROKEN, code.name(), words, advice);
    }
}
