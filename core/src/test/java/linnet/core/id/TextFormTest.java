package linnet.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linnet.core.env.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormTest {
    private static final Key COUNTING =
            new Key(0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f, 0x10111213, 0x14151617, 0x18191a1b, 0x1c1d1e1f);

    static Key random(Chance chance) {
        return new Key(
                (int) chance.nextLong(),
                (int) chance.nextLong(),
                (int) chance.nextLong(),
                (int) chance.nextLong(),
                (int) chance.nextLong(),
                (int) chance.nextLong(),
                (int) chance.nextLong(),
                (int) chance.nextLong());
    }

    /** BIP-350, test vectors: the checksum of each of these holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1lqfn3a",
                "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
                "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
                "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
                "?1v759aa"
            })
    void checksumsAreThoseOfBech32m(String text) {
        int separator = text.lastIndexOf('1');
        int[] words = new int[text.length() - separator - 1];
        for (int i = 0; i < words.length; i++) words[i] = TextForm.ALPHABET.indexOf(text.charAt(separator + 1 + i));
        assertThat(TextForm.polymod(text.substring(0, separator), words)).isEqualTo(TextForm.BECH32M);
        words[words.length - 1] ^= 1;
        assertThat(TextForm.polymod(text.substring(0, separator), words)).isNotEqualTo(TextForm.BECH32M);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyIdComesBack(long seed) {
        Chance chance = new Chance(seed);
        for (int i = 0; i < 300; i++) {
            PeerId peer = new PeerId(random(chance));
            assertThat(PeerId.parse(peer.toString())).isEqualTo(peer);
            UserId user = new UserId(peer.key());
            assertThat(UserId.parse(user.toString())).isEqualTo(user);
            assertThat(peer.toString()).hasSize(63).startsWith("peer1");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void everyTypingErrorOfUpToFourCharactersIsFound(long seed) {
        Chance chance = new Chance(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(new UserId(random(chance)).toString());
            String right = text.toString();
            for (int errors = 1 + chance.below(4); errors > 0; errors--)
                text.setCharAt(5 + chance.below(58), TextForm.ALPHABET.charAt(chance.below(32)));
            if (text.toString().equals(right)) continue;
            assertThatThrownBy(() -> UserId.parse(text.toString())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDeviceIsNotAPerson() {
        assertThatThrownBy(() -> UserId.parse(new PeerId(COUNTING).toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user1");
        String renamed = "user1" + new PeerId(COUNTING).toString().substring(5);
        assertThatThrownBy(() -> UserId.parse(renamed)).hasMessageContaining("typing error");
    }

    @Test
    void whatCannotBeAnIdIsRefusedInWords() {
        String right = new PeerId(COUNTING).toString();
        assertThatThrownBy(() -> PeerId.parse("")).hasMessageContaining("peer1");
        assertThatThrownBy(() -> PeerId.parse(right + "q")).hasMessageContaining("63 characters");
        assertThatThrownBy(() -> PeerId.parse(right.replace('q', 'b'))).hasMessageContaining("no character 'b'");
    }
}
