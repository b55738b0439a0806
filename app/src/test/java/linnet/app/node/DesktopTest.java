package linnet.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DesktopTest {
    @Test
    void aMachineWithoutAScreenHasNoBrowser() {
        assertThat(Desktop.browser("linux", Map.of())).isEmpty();
        assertThat(Desktop.browser("linux", Map.of("DISPLAY", ":0"))).containsExactly("xdg-open");
        assertThat(Desktop.browser("mac os x", Map.of())).containsExactly("open");
    }
}
