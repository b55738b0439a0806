package linnet.core.env;

/** Numbers as keys of rows: 16 hexadecimal digits, so that the store's order is the numbers' order. */
public final class RowKeys {
    private static final int DIGITS = 16;

    private RowKeys() {}

    /** Returns the key of a number from 0. */
    public static String of(long number) {
        String digits = Long.toHexString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** Returns the number of a key. */
    public static long number(String key) {
        long number = 0; // TeaVM has no parseUnsignedLong
        for (int i = 0; i < key.length(); i++) number = number << 4 | Character.digit(key.charAt(i), 16);
        return number;
    }
}
