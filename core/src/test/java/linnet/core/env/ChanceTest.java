package linnet.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChanceTest {
    /** The numbers that the reference code of SplitMix64 gives for this seed. */
    @Test
    void isSplitMix64() {
        Chance chance = new Chance(1_234_567);
        assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo("9817491932198370423");
        assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo("4593380528125082431");
        assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo("16408922859458223821");
    }

    @Test
    void boundedNumbersStayBelowAndReachEverything() {
        Chance chance = new Chance(1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[chance.below(7)]++;
        for (int count : counts) assertThat(count).isBetween(9_500, 10_500);
        for (int i = 0; i < 1_000; i++)
            assertThat(chance.below(Integer.MAX_VALUE)).isNotNegative();
        assertThat(chance.below(1)).isZero();
        assertThatThrownBy(() -> chance.below(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void probabilitiesAreKept() {
        Chance chance = new Chance(2);
        int happened = 0;
        for (int i = 0; i < 100_000; i++) {
            assertThat(chance.happens(0)).isFalse();
            assertThat(chance.happens(1)).isTrue();
            if (chance.happens(0.3)) happened++;
        }
        assertThat(happened).isBetween(29_000, 31_000);
    }
}
