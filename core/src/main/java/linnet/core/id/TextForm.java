package linnet.core.id;

/**
 * Keys as people copy them: a prefix, {@code 1}, base32 and six characters of checksum (Bech32m, BIP-350), which finds every
 * error in up to four characters.
 */
final class TextForm {
    static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECKSUM_CHARS = 6;
    private static final int KEY_CHARS = 52;
    static final int BECH32M = 0x2bc830a3;

    private TextForm() {}

    static String write(String prefix, Key key) {
        int[] words = new int[KEY_CHARS + CHECKSUM_CHARS];
        Bytes bytes = key.bytes();
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < bytes.length(); i++) {
            held = ((held << 8) | bytes.at(i)) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                words[at++] = (held >> bits) & 31;
            }
        }
        words[at] = (held << (5 - bits)) & 31;
        int checksum = polymod(prefix, words) ^ BECH32M;
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (int i = 0; i < CHECKSUM_CHARS; i++)
            words[KEY_CHARS + i] = (checksum >> (5 * (CHECKSUM_CHARS - 1 - i))) & 31;
        for (int word : words) text.append(ALPHABET.charAt(word));
        return text.toString();
    }

    static Key parse(String prefix, String text) {
        int start = prefix.length() + 1;
        if (!text.startsWith(prefix + "1"))
            throw new IllegalArgumentException("an id of this kind starts with " + prefix + "1");
        if (text.length() != start + KEY_CHARS + CHECKSUM_CHARS)
            throw new IllegalArgumentException(
                    "an id has " + (start + KEY_CHARS + CHECKSUM_CHARS) + " characters, not " + text.length());
        int[] words = new int[KEY_CHARS + CHECKSUM_CHARS];
        for (int i = 0; i < words.length; i++) {
            words[i] = ALPHABET.indexOf(text.charAt(start + i));
            if (words[i] < 0)
                throw new IllegalArgumentException("an id has no character '" + text.charAt(start + i) + "'");
        }
        if (polymod(prefix, words) != BECH32M)
            throw new IllegalArgumentException("the id has a typing error: its checksum does not fit");
        byte[] array = new byte[Key.BYTES];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < KEY_CHARS; i++) {
            held = ((held << 5) | words[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                array[at++] = (byte) (held >> bits);
            }
        }
        if ((held & ((1 << bits) - 1)) != 0) throw new IllegalArgumentException("the id has bits that no key has");
        return Key.of(Bytes.wrap(array));
    }

    static int polymod(String prefix, int[] words) {
        int state = 1;
        for (int i = 0; i < prefix.length(); i++) state = step(state, prefix.charAt(i) >> 5);
        state = step(state, 0);
        for (int i = 0; i < prefix.length(); i++) state = step(state, prefix.charAt(i) & 31);
        for (int word : words) state = step(state, word);
        return state;
    }

    private static int step(int state, int word) {
        int top = state >> 25;
        int next = ((state & 0x1ffffff) << 5) ^ word;
        if ((top & 1) != 0) next ^= 0x3b6a57b2;
        if ((top & 2) != 0) next ^= 0x26508e6d;
        if ((top & 4) != 0) next ^= 0x1ea119fa;
        if ((top & 8) != 0) next ^= 0x3d4233dd;
        if ((top & 16) != 0) next ^= 0x2a1462b3;
        return next;
    }
}
