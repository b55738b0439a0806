package linnet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Core and simulator use only what a browser has, reached or not. */
class TeaVmLibraryTest {
    @ParameterizedTest
    @ValueSource(strings = {"core", "sim"})
    void everyUsedPartOfTheJdkIsInABrowser(String module) throws IOException {
        assertThat(new TeaVmLibrary().missingFor(Path.of("..", module, "target", "classes")))
                .isEmpty();
    }
}
