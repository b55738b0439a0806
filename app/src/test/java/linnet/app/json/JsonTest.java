package linnet.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a \"quoted\" \u0001 line\nand 🐦");
        object.put("whole", Long.MIN_VALUE);
        object.put("fraction", 0.5);
        object.put("yes", true);
        object.put("nothing", null);
        object.put("list", Arrays.asList(1L, "two", null, Map.of("three", 3L)));
        assertThat(Json.object(Json.write(object))).isEqualTo(object);
    }

    @Test
    void oneObjectIsOneLine() {
        assertThat(Json.write(Map.of("text", "a\r\nb\u2028"))).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[1]",
                "\"text\"",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1} x",
                "{\"a\":1}{}",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":1e999}",
                "{\"a\":99999999999999999999}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":tru}",
                "// comment\n{}",
            })
    void whatIsNoJsonObjectIsRefused(String text) {
        assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.object(text));
    }

    @Test
    void nestingHasALimit() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.object(deep));
    }

    @Test
    void aNumberOfAMillionDigitsIsRefused() {
        assertThatExceptionOfType(Json.Malformed.class)
                .isThrownBy(() -> Json.object("{\"a\":" + "9".repeat(1_000_000) + "}"));
    }

    @Test
    void namesKeepTheirOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name : List.of("z", "a", "m")) object.put(name, 1L);
        assertThat(Json.write(object)).isEqualTo("{\"z\":1,\"a\":1,\"m\":1}");
    }
}
