package linnet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** docs/PROPERTIES.md says the truth: every property of seed 002 has a row, and every test it names exists and says which it is. */
class PropertiesTableTest {
    private static final Path TABLE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("PROPERTIES.md");

    /** Number, name, requirement, then the test or a word. */
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+) \\| ([^|]*) \\| ([^|]*) \\| (?:`([\\w.]+)#(\\w+)`|(open|absent)[^|]*) \\|");

    @Test
    void everyPropertyHasOneRow() throws IOException {
        Map<Integer, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches())
                assertThat(rows.put(Integer.valueOf(row.group(1)), line)).isNull();
        }
        assertThat(rows).hasSize(40).containsKeys(1, 40);
        assertThat(rows.get(28)).contains("absent");
        assertThat(rows.get(29)).contains("absent");
    }

    @Test
    void everyNamedTestExistsAndNamesItsProperty() throws Exception {
        List<String> lines = Files.readAllLines(TABLE);
        int tests = 0;
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (!row.matches() || row.group(4) == null) continue;
            Method method = Class.forName("linnet.core." + row.group(4)).getDeclaredMethod(row.group(5), long.class);
            assertThat(method.getAnnotation(ParameterizedTest.class).name())
                    .startsWith("Feature: dht-connection-recovery, Property " + row.group(1) + ": "
                            + row.group(2).strip() + ",");
            tests++;
        }
        assertThat(tests).isPositive();
    }
}
