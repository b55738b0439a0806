package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import linnet.core.message.Sequence.Verdict;
import linnet.core.wire.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @Test
    void theFirstIsOne() {
        Sequence sequence = new Sequence();
        assertThat(sequence.judge(1)).isEqualTo(Verdict.NEXT);
        assertThat(sequence.judge(2)).isEqualTo(Verdict.AHEAD);
    }

    @Test
    void whatWasShownIsARepeat() {
        Sequence sequence = new Sequence();
        sequence.show(1);
        assertThat(sequence.judge(1)).isEqualTo(Verdict.REPEAT);
    }

    @Test
    void whatFillsAPassedGapIsLateOnce() {
        Sequence sequence = new Sequence();
        sequence.passTo(4);
        assertThat(sequence.judge(2)).isEqualTo(Verdict.LATE);
        sequence.show(2);
        assertThat(sequence.judge(2)).isEqualTo(Verdict.REPEAT);
        assertThat(sequence.judge(1)).isEqualTo(Verdict.LATE);
        assertThat(sequence.judge(3)).isEqualTo(Verdict.LATE);
        assertThat(sequence.judge(4)).isEqualTo(Verdict.NEXT);
    }

    @Test
    void whatWasNotJudgedSoCannotBeShown() {
        Sequence sequence = new Sequence();
        assertThatThrownBy(() -> sequence.show(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sequence.passTo(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sequence.judge(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyNumberIsShownAtMostOnceWhateverComes(long seed) {
        Chance chance = new Chance(seed);
        Sequence sequence = new Sequence();
        TreeSet<Long> shown = new TreeSet<>();
        TreeSet<Long> ahead = new TreeSet<>();
        for (int step = 0; step < 500; step++) {
            long number = 1L + chance.below(60);
            Verdict verdict = sequence.judge(number);
            boolean knew = shown.contains(number);
            assertThat(verdict == Verdict.REPEAT)
                    .as("step " + step + ": " + number)
                    .isEqualTo(knew);
            if (verdict == Verdict.NEXT || verdict == Verdict.LATE) {
                sequence.show(number);
                shown.add(number);
            } else if (verdict == Verdict.AHEAD) ahead.add(number);
            if (!ahead.isEmpty() && chance.happens(0.1)) {
                ahead.removeIf(held -> held <= sequence.next());
                if (!ahead.isEmpty()) sequence.passTo(ahead.first());
            }
            assertThat(sequence.gaps()).hasSizeLessThanOrEqualTo(Sequence.GAPS_MAX);
            if (chance.happens(0.05)) assertThat(decoded(sequence)).isEqualTo(state(sequence));
        }
    }

    @Test
    void gapsAreBoundedAndTheOldestGoFirst() {
        Sequence sequence = new Sequence();
        for (int i = 1; i <= 200; i++) sequence.passTo(2L * i + 1);
        assertThat(sequence.gaps()).hasSize(Sequence.GAPS_MAX);
        assertThat(sequence.judge(1)).isEqualTo(Verdict.REPEAT);
        assertThat(sequence.judge(399)).isEqualTo(Verdict.LATE);
    }

    private static List<Object> state(Sequence sequence) {
        List<Object> state = new ArrayList<>(sequence.gaps());
        state.add(sequence.next());
        return state;
    }

    private static List<Object> decoded(Sequence sequence) {
        return state(Sequence.decode(new Reader(sequence.encode())));
    }
}
