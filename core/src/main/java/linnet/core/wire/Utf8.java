package linnet.core.wire;

/** UTF-8 (RFC 3629) without strings: what {@code String} repairs silently is refused here. */
final class Utf8 {
    private Utf8() {}

    /** Returns whether the bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int first = bytes[at++] & 0xff;
            if (first < 0x80) continue;
            int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
            if (first < 0xc2 || first > 0xf4 || to - at < more) return false;
            int second = bytes[at] & 0xff;
            int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
            int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
            if (second < low || second > high) return false;
            for (int i = 1; i < more; i++) if ((bytes[at + i] & 0xc0) != 0x80) return false;
            at += more;
        }
        return true;
    }

    /** Returns how many bytes the text takes; a lone surrogate counts one, as it becomes a question mark. */
    static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) length += 1;
            else if (c < 0x800) length += 2;
            else if (!Character.isSurrogate(c)) length += 3;
            else if (isPair(text, i)) {
                length += 4;
                i++;
            } else length += 1;
        }
        return length;
    }

    /** Returns the text, or as much of its beginning as fits into {@code max} bytes. */
    static String cut(String text, int max) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean pair = isPair(text, i);
            length += length(text.substring(i, pair ? i + 2 : i + 1));
            if (length > max) return text.substring(0, i);
            if (pair) i++;
        }
        return text;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
