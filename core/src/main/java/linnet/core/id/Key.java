package linnet.core.id;

/**
 * 256 bits: the name of a device, a person, a record. Held as eight big-endian ints because longs are emulated in
 * JavaScript and an array per key costs an allocation (docs/ARCHITECTURE.md, the browser).
 *
 * @param a bits 0 to 31, most significant first
 * @param b bits 32 to 63
 * @param c bits 64 to 95
 * @param d bits 96 to 127
 * @param e bits 128 to 159
 * @param f bits 160 to 191
 * @param g bits 192 to 223
 * @param h bits 224 to 255
 */
public record Key(int a, int b, int c, int d, int e, int f, int g, int h) implements Comparable<Key> {
    /** Length in bytes. */
    public static final int BYTES = 32;

    /** Returns the key of exactly 32 bytes. */
    public static Key of(Bytes bytes) {
        if (bytes.length() != BYTES) throw new IllegalArgumentException("key of " + bytes.length() + " B");
        return new Key(
                word(bytes, 0),
                word(bytes, 4),
                word(bytes, 8),
                word(bytes, 12),
                word(bytes, 16),
                word(bytes, 20),
                word(bytes, 24),
                word(bytes, 28));
    }

    /** Returns the 32 bytes. */
    public Bytes bytes() {
        byte[] array = new byte[BYTES];
        put(array, 0, a);
        put(array, 4, b);
        put(array, 8, c);
        put(array, 12, d);
        put(array, 16, e);
        put(array, 20, f);
        put(array, 24, g);
        put(array, 28, h);
        return Bytes.wrap(array);
    }

    /** Returns all 64 hexadecimal digits. */
    public String hex() {
        return bytes().hex();
    }

    /** Returns how many leading bits are the same, 0 to 256. */
    public int commonPrefix(Key other) {
        if (a != other.a) return Integer.numberOfLeadingZeros(a ^ other.a);
        if (b != other.b) return 32 + Integer.numberOfLeadingZeros(b ^ other.b);
        if (c != other.c) return 64 + Integer.numberOfLeadingZeros(c ^ other.c);
        if (d != other.d) return 96 + Integer.numberOfLeadingZeros(d ^ other.d);
        if (e != other.e) return 128 + Integer.numberOfLeadingZeros(e ^ other.e);
        if (f != other.f) return 160 + Integer.numberOfLeadingZeros(f ^ other.f);
        if (g != other.g) return 192 + Integer.numberOfLeadingZeros(g ^ other.g);
        return 224 + Integer.numberOfLeadingZeros(h ^ other.h);
    }

    /** Returns whether the other key has another bit in this place, counted from the most significant, 0 to 255. */
    public boolean differs(Key other, int bit) {
        int word = switch (bit >>> 5) {
            case 0 -> a ^ other.a;
            case 1 -> b ^ other.b;
            case 2 -> c ^ other.c;
            case 3 -> d ^ other.d;
            case 4 -> e ^ other.e;
            case 5 -> f ^ other.f;
            case 6 -> g ^ other.g;
            case 7 -> h ^ other.h;
            default -> throw new IllegalArgumentException("bit: " + bit);
        };
        return (word & 0x80000000 >>> (bit & 31)) != 0;
    }

    /** Compares how far two keys are from this one, by exclusive or (Maymounkov and Mazières 2002, section 2.1): negative if {@code x} is nearer. */
    public int compareDistance(Key x, Key y) {
        if (x.a != y.a) return Integer.compareUnsigned(a ^ x.a, a ^ y.a);
        if (x.b != y.b) return Integer.compareUnsigned(b ^ x.b, b ^ y.b);
        if (x.c != y.c) return Integer.compareUnsigned(c ^ x.c, c ^ y.c);
        if (x.d != y.d) return Integer.compareUnsigned(d ^ x.d, d ^ y.d);
        if (x.e != y.e) return Integer.compareUnsigned(e ^ x.e, e ^ y.e);
        if (x.f != y.f) return Integer.compareUnsigned(f ^ x.f, f ^ y.f);
        if (x.g != y.g) return Integer.compareUnsigned(g ^ x.g, g ^ y.g);
        return Integer.compareUnsigned(h ^ x.h, h ^ y.h);
    }

    /** Returns the share of the whole key space that the distance to {@code other} is, 0 to 1: so many of a thousand peers are nearer. */
    public double distanceShare(Key other) {
        return ((a ^ other.a) & 0xffffffffL) * 0x1p-32 + ((b ^ other.b) & 0xffffffffL) * 0x1p-64;
    }

    /** Returns this with one bit changed, counted from the most significant. */
    public Key flipped(int bit) {
        if (bit < 0 || bit > 255) throw new IllegalArgumentException("bit: " + bit);
        int mask = 0x80000000 >>> (bit & 31);
        int word = bit >>> 5;
        return new Key(
                word == 0 ? a ^ mask : a,
                word == 1 ? b ^ mask : b,
                word == 2 ? c ^ mask : c,
                word == 3 ? d ^ mask : d,
                word == 4 ? e ^ mask : e,
                word == 5 ? f ^ mask : f,
                word == 6 ? g ^ mask : g,
                word == 7 ? h ^ mask : h);
    }

    /** Written out because a key is looked up for every frame, and a record's own method is put together at the first start. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Key key
                        && a == key.a
                        && b == key.b
                        && c == key.c
                        && d == key.d
                        && e == key.e
                        && f == key.f
                        && g == key.g
                        && h == key.h);
    }

    @Override
    public int hashCode() {
        return ((((((31 * a + b) * 31 + c) * 31 + d) * 31 + e) * 31 + f) * 31 + g) * 31 + h;
    }

    /** Orders keys as unsigned 256-bit numbers. */
    @Override
    public int compareTo(Key other) {
        if (a != other.a) return Integer.compareUnsigned(a, other.a);
        if (b != other.b) return Integer.compareUnsigned(b, other.b);
        if (c != other.c) return Integer.compareUnsigned(c, other.c);
        if (d != other.d) return Integer.compareUnsigned(d, other.d);
        if (e != other.e) return Integer.compareUnsigned(e, other.e);
        if (f != other.f) return Integer.compareUnsigned(f, other.f);
        if (g != other.g) return Integer.compareUnsigned(g, other.g);
        return Integer.compareUnsigned(h, other.h);
    }

    /** Returns the first eight hexadecimal digits, for logs. */
    @Override
    public String toString() {
        return bytes().slice(0, 4).hex() + "…";
    }

    private static int word(Bytes bytes, int from) {
        return bytes.at(from) << 24 | bytes.at(from + 1) << 16 | bytes.at(from + 2) << 8 | bytes.at(from + 3);
    }

    private static void put(byte[] array, int at, int word) {
        array[at] = (byte) (word >>> 24);
        array[at + 1] = (byte) (word >>> 16);
        array[at + 2] = (byte) (word >>> 8);
        array[at + 3] = (byte) word;
    }
}
