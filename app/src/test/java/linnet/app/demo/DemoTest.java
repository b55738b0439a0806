package linnet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import linnet.app.json.Json;
import org.junit.jupiter.api.Test;

/** The whole program as people run it: processes, sockets, disks, and a kill -9. */
class DemoTest {
    @Test
    void everythingIsShownOnceAndInOrderThoughBobIsKilled() throws Exception {
        Map<String, ?> report =
                Json.object(Script.play(Script.ACTORS, words -> {}).json());
        Map<?, ?> figures = (Map<?, ?>) report.get("figures");
        assertThat(figures.get("delivered")).as(report.toString()).isEqualTo(150L);
        for (String name : new String[] {"lost", "duplicates", "out_of_order", "stages_missing"})
            assertThat(figures.get(name)).as(name).isEqualTo(0L);
    }
}
