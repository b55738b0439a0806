package linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds rounds = new Rounds();

    @Test
    void onlyRoundsThatHaveBothAreCompared() {
        rounds.note(1, "ours", 10);
        rounds.note(2, "ours", 30);
        rounds.note(3, "ours", 20);
        rounds.note(2, "theirs", 15);
        rounds.note(3, "theirs", 20);
        assertThat(rounds.greatestRatio("ours", "theirs")).isEqualTo(2);
        assertThat(rounds.greatestRatio("theirs", "ours")).isEqualTo(1);
    }

    @Test
    void mediansAreComparedOverTheSameRounds() {
        rounds.note(1, "ours", 1);
        rounds.note(2, "ours", 2);
        rounds.note(3, "ours", 9);
        rounds.note(3, "theirs", 3);
        assertThat(rounds.median("ours")).isEqualTo(2);
        assertThat(rounds.ratio("ours", "theirs")).isEqualTo(3);
        assertThat(rounds.ratio("theirs", "ours")).isEqualTo(1.0 / 3);
    }

    @Test
    void aFigureIsThereOnceItWasNoted() {
        assertThat(rounds.has("ours")).isFalse();
        rounds.note(2, "ours", 4);
        assertThat(rounds.has("ours")).isTrue();
        assertThat(rounds).hasToString("{ours={2=4.0}}");
    }
}
