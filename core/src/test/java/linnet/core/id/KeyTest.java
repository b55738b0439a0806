package linnet.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import linnet.core.env.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void ordersAsUnsignedNumbersDo(long seed) {
        Chance chance = new Chance(seed);
        for (int i = 0; i < 1_000; i++) {
            Key one = TextFormTest.random(chance);
            Key other = chance.happens(0.5)
                    ? TextFormTest.random(chance)
                    : new Key(one.a(), one.b(), one.c(), one.d(), one.e(), one.f(), one.g(), (int) chance.nextLong());
            int expected = new BigInteger(1, one.bytes().toArray())
                    .compareTo(new BigInteger(1, other.bytes().toArray()));
            assertThat(Integer.signum(one.compareTo(other))).isEqualTo(expected);
            assertThat(Integer.signum(one.bytes().compareTo(other.bytes()))).isEqualTo(expected);
            assertThat(one.compareTo(Key.of(one.bytes()))).isZero();
        }
    }

    @Test
    void bytesComeBack() {
        Chance chance = new Chance(9);
        for (int i = 0; i < 100; i++) {
            Key key = TextFormTest.random(chance);
            assertThat(Key.of(key.bytes())).isEqualTo(key);
            assertThat(key.hex()).hasSize(64);
        }
    }

    @Test
    void differsInTheBitsThatWereChanged() {
        Key key = TextFormTest.random(new Chance(7));
        for (int changed = 0; changed < 256; changed++)
            for (int bit = 0; bit < 256; bit++)
                assertThat(key.differs(key.flipped(changed), bit)).isEqualTo(bit == changed);
    }

    @Test
    void hasThirtyTwoBytes() {
        assertThatThrownBy(() -> Key.of(Bytes.wrap(new byte[31]))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Key.of(Bytes.wrap(new byte[33]))).isInstanceOf(IllegalArgumentException.class);
    }
}
