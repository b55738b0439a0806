package linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void theMedianIsInTheMiddleWhateverTheOrder() {
        assertThat(Samples.median(List.of(3, 1, 2))).isEqualTo(2);
        assertThat(Samples.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(3);
        assertThat(Samples.median(List.of(7L))).isEqualTo(7);
    }

    @Test
    void oneOfAHundredIsAboveTheLastPercentile() {
        List<Integer> hundred = IntStream.rangeClosed(1, 100).boxed().toList();
        assertThat(Samples.at(hundred, 0.99)).isEqualTo(100);
        assertThat(Samples.at(hundred, 0.98)).isEqualTo(99);
        assertThat(Samples.at(hundred, 1)).isEqualTo(100);
    }

    @Test
    void nothingHasNoMiddle() {
        assertThatThrownBy(() -> Samples.median(List.of())).hasMessageContaining("nothing was measured");
    }
}
