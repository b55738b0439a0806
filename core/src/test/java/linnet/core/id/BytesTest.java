package linnet.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void areEqualByContent() {
        assertThat(Bytes.utf8("abc")).isEqualTo(Bytes.wrap(new byte[] {'a', 'b', 'c'}));
        assertThat(Bytes.utf8("abc")).hasSameHashCodeAs(Bytes.copyOf(new byte[] {'a', 'b', 'c'}));
        assertThat(Bytes.utf8("abc")).isNotEqualTo(Bytes.utf8("abd"));
    }

    @Test
    void aCopyDoesNotFollowItsArray() {
        byte[] array = {1, 2};
        Bytes copy = Bytes.copyOf(array);
        array[0] = 9;
        assertThat(copy.at(0)).isEqualTo(1);
        copy.toArray()[0] = 9;
        assertThat(copy.at(0)).isEqualTo(1);
    }

    @Test
    void orderIsUnsignedAndShorterFirst() {
        assertThat(Bytes.wrap(new byte[] {(byte) 0x80})).isGreaterThan(Bytes.wrap(new byte[] {0x7f}));
        assertThat(Bytes.utf8("ab")).isLessThan(Bytes.utf8("abc"));
        assertThat(Bytes.EMPTY).isLessThan(Bytes.wrap(new byte[] {0}));
    }

    @Test
    void concatAndSliceAreInverse() {
        Bytes all = Bytes.concat(Bytes.utf8("ab"), Bytes.EMPTY, Bytes.utf8("c"));
        assertThat(all).isEqualTo(Bytes.utf8("abc"));
        assertThat(all.slice(1, 3)).isEqualTo(Bytes.utf8("bc"));
        assertThat(all.slice(3, 3)).isEqualTo(Bytes.EMPTY);
        assertThat(all.slice(0, 3)).isSameAs(all);
    }

    @Test
    void indexesOutsideAreRefused() {
        Bytes bytes = Bytes.utf8("abc");
        for (int index : new int[] {-1, 3})
            assertThatThrownBy(() -> bytes.at(index)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bytes.slice(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bytes.slice(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bytes.slice(0, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showThemselvesShort() {
        assertThat(Bytes.wrap(new byte[] {(byte) 0xff, 0})).hasToString("ff00");
        assertThat(Bytes.utf8("hello world")).hasToString("68656c6c… (11 B)");
    }
}
