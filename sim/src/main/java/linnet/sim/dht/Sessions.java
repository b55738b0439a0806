package linnet.sim.dht;

import java.util.Arrays;

/**
 * With whom a host shares keys, so that a question needs no handshake: at most 512, the longest unused goes first. Beside each the
 * smoothed round trip and its variation. Four places a row and the rows found by a hash: 8 bytes a session, in one piece, because it is
 * looked for with every packet.
 */
final class Sessions {
    /** A session is two words: the host, then what was measured. */
    private static final int WORDS = 2;

    private static final int ROW_WORDS = 4 * WORDS;
    private static final int WORDS_MIN = 16 * WORDS;
    private static final int WORDS_MAX = 512 * WORDS;
    private static final int NOBODY = -1;

    private int[] words = empty(WORDS_MIN);

    /** The rows but one, known here without looking at the words. */
    private int lastRow = WORDS_MIN / ROW_WORDS - 1;

    /** Returns whether there is a session. */
    boolean has(int host) {
        return place(host) >= 0;
    }

    /** Returns the round trip to a host as it was measured, 0 if it was not: see {@link #rttMillis} and {@link #variationMillis}. */
    int measured(int host) {
        int place = place(host);
        return place < 0 ? 0 : words[place + 1];
    }

    /** Returns the smoothed round trip in milliseconds, at least 1. */
    static int rttMillis(int measured) {
        return measured >> 16;
    }

    /** Returns how much the round trip varies, in milliseconds. */
    static int variationMillis(int measured) {
        return (short) measured;
    }

    /** Notes that a session was used; returns false if there is none. */
    boolean use(int host) {
        int place = place(host);
        if (place < 0) return false;
        toFront(place);
        return true;
    }

    /** Notes that a session was used; makes it when there is none. */
    void open(int host) {
        int place = place(host);
        toFront(place < 0 ? make(host) : place);
    }

    /** Takes a measured round trip in (RFC 6298, section 2). */
    void onMeasured(int host, int rttMillis) {
        int place = place(host);
        if (place < 0) return;
        int sample = Math.max(1, Math.min(rttMillis, Short.MAX_VALUE));
        int rtt = rttMillis(words[place + 1]);
        int variation = variationMillis(words[place + 1]);
        if (rtt == 0) words[place + 1] = pair(sample, sample / 2);
        else words[place + 1] = pair(rtt + (sample - rtt) / 8, variation + (Math.abs(sample - rtt) - variation) / 4);
    }

    /** Forgets a session. */
    void drop(int host) {
        int place = place(host);
        if (place >= 0) words[place] = NOBODY;
    }

    /** Forgets all, as a restart does. */
    void clear() {
        words = empty(WORDS_MIN);
        lastRow = WORDS_MIN / ROW_WORDS - 1;
    }

    private int place(int host) {
        int row = row(host);
        for (int place = row; place < row + ROW_WORDS; place += WORDS) if (words[place] == host) return place;
        return -1;
    }

    private void toFront(int from) {
        int host = words[from];
        int measured = words[from + 1];
        int row = from & -ROW_WORDS;
        for (int place = from; place > row; place -= WORDS) {
            words[place] = words[place - WORDS];
            words[place + 1] = words[place + 1 - WORDS];
        }
        words[row] = host;
        words[row + 1] = measured;
    }

    /** Makes room at the end of the row, by growing first and by forgetting when it cannot grow. */
    private int make(int host) {
        int free = freeIn(row(host));
        while (free < 0 && words.length < WORDS_MAX) {
            grow();
            free = freeIn(row(host));
        }
        int place = free < 0 ? row(host) + ROW_WORDS - WORDS : free;
        words[place] = host;
        words[place + 1] = 0;
        return place;
    }

    private int freeIn(int row) {
        for (int place = row; place < row + ROW_WORDS; place += WORDS) if (words[place] == NOBODY) return place;
        return -1;
    }

    private void grow() {
        int[] before = words;
        words = empty(2 * before.length);
        lastRow = words.length / ROW_WORDS - 1;
        for (int i = 0; i < before.length; i += WORDS) {
            if (before[i] == NOBODY) continue;
            int free = freeIn(row(before[i]));
            words[free] = before[i];
            words[free + 1] = before[i + 1];
        }
    }

    private int row(int host) {
        int hash = host * 0x9E3779B9;
        return ((hash ^ hash >>> 15) & lastRow) * ROW_WORDS;
    }

    private static int pair(int rtt, int variation) {
        return rtt << 16 | (variation & 0xffff);
    }

    private static int[] empty(int length) {
        int[] words = new int[length];
        Arrays.fill(words, NOBODY);
        return words;
    }
}
