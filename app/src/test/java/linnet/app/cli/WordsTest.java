package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u0007", "\r", "\u009b31m", "\u202e", "\u200f"})
    void wordsOfOthersCannotSteerTheTerminal(String steering) {
        assertThat(Words.clean("a" + steering + "b"))
                .startsWith("a")
                .endsWith("b")
                .doesNotContain(steering.substring(0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "x'; rm -rf ~ #", "$(reboot)", "`reboot`", "-h", "", "a\nb", "\u001b[2J"})
    void aNameThatAShellCouldReadIsNotPutIntoACommand(String name) {
        assertThat(Words.typed(name, "user1id")).isEqualTo("user1id");
    }

    @Test
    void aPlainNameIs() {
        assertThat(Words.typed("Alice Ä. 2", "user1id")).isEqualTo("'Alice Ä. 2'");
        assertThat(Words.name("one\ntwo")).doesNotContain("\n");
    }

    @Test
    void lineBreaksStayInsideTheMessage() {
        assertThat(Words.clean("one\ntwo")).isEqualTo("one\n      two");
    }

    @Test
    void aNewerKindOfContentIsShownAsSuch() {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("kind", "unknown");
        assertThat(Words.said(message)).contains("newer program");
    }

    @Test
    void everyStageHasItsTicks() {
        for (linnet.core.event.Stage stage : linnet.core.event.Stage.values())
            assertThat(Words.ticks(stage.name().toLowerCase(java.util.Locale.ROOT)))
                    .isNotEqualTo("?");
    }

    @Test
    void spansOfTimeAreWords() {
        assertThat(DurationText.words(340)).isEqualTo("340 ms");
        assertThat(DurationText.words(86_400_000)).isEqualTo("24 h");
        assertThat(DurationText.words(-5)).isEqualTo("0 ms");
    }
}
