package linnet.core.id;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Immutable bytes, equal by content and ordered as unsigned numbers. Use it wherever a record would hold an array. */
public final class Bytes implements Comparable<Bytes> {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Returns a copy of {@code array}. */
    public static Bytes copyOf(byte[] array) {
        return new Bytes(Arrays.copyOf(array, array.length));
    }

    /** Returns {@code array} itself, without a copy: the caller gives it away and never writes to it again. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array);
    }

    /** Returns the UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns all parts, one after the other. */
    public static Bytes concat(Bytes... parts) {
        int length = 0;
        for (Bytes part : parts) length += part.array.length;
        byte[] all = new byte[length];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array, 0, all, at, part.array.length);
            at += part.array.length;
        }
        return new Bytes(all);
    }

    /** Returns a copy of the contents. */
    public byte[] toArray() {
        return Arrays.copyOf(array, array.length);
    }

    /** Returns the contents without a copy: for reading only, by code that hands them on at once (ciphers, sockets). */
    public byte[] shared() {
        return array;
    }

    /** Returns the length in bytes. */
    public int length() {
        return array.length;
    }

    /** Returns the byte at {@code index} as 0 to 255. */
    public int at(int index) {
        if (index < 0 || index >= array.length) throw new IllegalArgumentException("index: " + index);
        return array[index] & 0xff;
    }

    /** Returns the bytes from {@code from} (included) to {@code to} (excluded). */
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > array.length)
            throw new IllegalArgumentException("slice: " + from + ".." + to);
        return from == 0 && to == array.length ? this : new Bytes(Arrays.copyOfRange(array, from, to));
    }

    /** Returns the bytes read as UTF-8. */
    public String text() {
        return new String(array, StandardCharsets.UTF_8);
    }

    /** Returns all bytes in hexadecimal. */
    public String hex() {
        StringBuilder text = new StringBuilder(array.length * 2);
        for (byte b : array) text.append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
        return text.toString();
    }

    @Override
    public int compareTo(Bytes other) {
        int shared = Math.min(array.length, other.array.length);
        for (int i = 0; i < shared; i++) {
            int difference = (array[i] & 0xff) - (other.array[i] & 0xff);
            if (difference != 0) return difference;
        }
        return array.length - other.array.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** Returns the first bytes in hexadecimal, for logs: {@code 68656c6c… (11 B)}. */
    @Override
    public String toString() {
        return array.length <= 4 ? hex() : slice(0, 4).hex() + "… (" + array.length + " B)";
    }
}
