package linnet.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import linnet.app.json.Json;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Report report() {
        return Report.of("crashtest").config("cycles", 20).figure("lost", 0).figure("share", 0.8123456789);
    }

    @Test
    void oneLineTellsCommandConfigFiguresAndGoals() throws Exception {
        String line = report().goal(Goal.exactly("lost", 0)).json();
        Map<String, ?> object = Json.object(line);
        assertThat(line).doesNotContain("\n");
        assertThat(object.keySet())
                .containsExactly("command", "version", "config", "figures", "goals", "stretch", "ok");
        assertThat(object.get("config")).isEqualTo(Map.of("cycles", 20L));
        assertThat(line).contains("\"lost\":0,\"share\":0.812346");
        assertThat(line).contains("{\"name\":\"lost\",\"op\":\"==\",\"value\":0,\"met\":true}");
        assertThat(object.get("ok")).isEqualTo(true);
    }

    @Test
    void aMissedGoalEndsWithStatusOne() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int status = report().goal(Goal.atLeast("share", 0.9))
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        assertThat(status).isEqualTo(1);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("\"ok\":false")
                .endsWith("\n");
    }

    @Test
    void aStretchGoalLeavesTheStatusAlone() {
        Report report = report().stretch(Goal.atLeast("share", 0.9));
        assertThat(report.ok()).isTrue();
        assertThat(report.json()).contains("\"stretch\":[{\"name\":\"share\"");
    }

    @Test
    void aGoalThatNamesCyclesBindsOnlyFromThatManyOn() {
        Goal goal = Goal.atLeast("share", 0.9);
        assertThat(report().goal(goal.from(200, "cycles")).ok()).isTrue();
        assertThat(report().goal(goal.from(20, "cycles")).ok()).isFalse();
        assertThat(report().goal(goal.from(200, "cycles")).json()).contains("\"goals\":[],\"stretch\":[{");
    }

    @Test
    void figuresAreFiniteAndNotNegative() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1})
            assertThatThrownBy(() -> report().figure("x_ms", wrong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGoalNeedsItsFigure() {
        assertThatThrownBy(() -> report().goal(Goal.exactly("duplicates", 0)).ok())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void peopleSeeWhatWasMissed() {
        assertThat(report().goal(Goal.atLeast("share", 0.9)).text()).contains("share >= 0.9  MISSED", "NOT ok");
    }
}
