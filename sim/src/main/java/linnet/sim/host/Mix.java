package linnet.sim.host;

import linnet.core.id.Bytes;

/**
 * A quick hash of 128 bits that is the same on every platform: ints only, because longs are emulated in JavaScript. For
 * trace hashes, for streams of chance and for {@link FastCrypto}; it protects nothing. The rounds are those of
 * MurmurHash3 (x86, 128 bits; Appleby 2010), one word at a time.
 */
public final class Mix {
    private int a;
    private int b;
    private int c;
    private int d;
    private int words;

    /** Creates a hash; different domains give unrelated results. */
    public Mix(int domain) {
        a = domain;
        b = domain * 0x9E3779B9;
        c = ~domain;
        d = 0x85EBCA6B;
    }

    /** Adds 32 bits. */
    public Mix add(int word) {
        int k = Integer.rotateLeft(word * 0x239B961B, 15) * 0xAB0E9789;
        int mixed = (Integer.rotateLeft(a ^ k, 19) + b) * 5 + 0x561CCD1B;
        a = b;
        b = c;
        c = d;
        d = mixed;
        words++;
        return this;
    }

    /** Adds 64 bits. */
    public Mix add(long word) {
        return add((int) (word >>> 32)).add((int) word);
    }

    /** Adds bytes and their length. */
    public Mix add(Bytes bytes) {
        byte[] array = bytes.shared();
        add(array.length);
        int whole = array.length & ~3;
        for (int i = 0; i < whole; i += 4)
            add(array[i] << 24 | (array[i + 1] & 0xff) << 16 | (array[i + 2] & 0xff) << 8 | (array[i + 3] & 0xff));
        int tail = 0;
        for (int i = whole; i < array.length; i++) tail = tail << 8 | (array[i] & 0xff);
        return whole == array.length ? this : add(tail);
    }

    /** Adds a text and its length. */
    public Mix add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) add(text.charAt(i));
        return this;
    }

    /** Returns 64 bits of the hash of what was added so far. */
    public long toLong() {
        int[] end = end();
        return (long) end[0] << 32 | (end[1] & 0xffffffffL);
    }

    /** Returns {@code count} bytes of the hash of what was added so far; beyond 16 they are stretched, not stronger. */
    public Bytes digest(int count) {
        int[] end = end();
        byte[] array = new byte[count];
        int word = 0;
        for (int i = 0; i < count; i++) {
            if ((i & 3) == 0)
                word = i < 16 ? end[i >> 2] : scatter(end[i >> 2 & 3] + i * 0x9E3779B9 ^ end[(i >> 2) + 1 & 3]);
            array[i] = (byte) (word >>> 24);
            word <<= 8;
        }
        return Bytes.wrap(array);
    }

    private int[] end() {
        int p = a ^ words;
        int q = b ^ words;
        int r = c ^ words;
        int s = d ^ words;
        p += q + r + s;
        q += p;
        r += p;
        s += p;
        p = scatter(p);
        q = scatter(q);
        r = scatter(r);
        s = scatter(s);
        p += q + r + s;
        return new int[] {p, q + p, r + p, s + p};
    }

    private static int scatter(int word) {
        int x = word;
        x = (x ^ x >>> 16) * 0x85EBCA6B;
        x = (x ^ x >>> 13) * 0xC2B2AE35;
        return x ^ x >>> 16;
    }
}
