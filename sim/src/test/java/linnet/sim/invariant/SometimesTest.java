package linnet.sim.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SometimesTest {
    private static final Path TABLE = Path.of("..", "docs", "TESTING.md");
    private static final int NAMED_MIN = 40;

    @Test
    void theTableInTheDocumentListsEveryState() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Sometimes state : Sometimes.values())
            expected.add("| `" + state.name() + "` | " + state.sentence() + " |");
        List<String> rows = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `") && line.substring(3, 4).matches("[A-Z]"))
                .toList();
        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void thereAreEnoughStates() {
        assertThat(Sometimes.values().length).isGreaterThanOrEqualTo(NAMED_MIN);
    }
}
