package linnet.sim.dht;

import java.util.Arrays;

/**
 * With whom a host shares keys, so that a question needs no handshake: at most 512, the longest unused goes first. Beside each the
 * smoothed round trip and its variation. Four places a row and the rows found by a hash: 8 bytes a session.
 */
final class Sessions {
    private static final int WAYS = 4;
    private static final int PLACES_MIN = 16;
    private static final int PLACES_MAX = 512;
    private static final int NOBODY = -1;

    private int[] hosts = empty(PLACES_MIN);
    private short[] rtts = new short[PLACES_MIN];
    private short[] variations = new short[PLACES_MIN];

    /** Returns whether there is a session. */
    boolean has(int host) {
        return place(host) >= 0;
    }

    /** Returns the smoothed round trip in milliseconds, 0 if none was measured. */
    int rttMillis(int host) {
        int place = place(host);
        return place < 0 ? 0 : rtts[place];
    }

    /** Returns how much the round trip varies, in milliseconds. */
    int variationMillis(int host) {
        int place = place(host);
        return place < 0 ? 0 : variations[place];
    }

    /** Notes that a session was used; makes it when there is none. */
    void use(int host) {
        int place = place(host);
        if (place < 0) place = place(host, (short) 0, (short) 0);
        int row = place & -WAYS;
        short rtt = rtts[place];
        short variation = variations[place];
        for (; place > row; place--) {
            hosts[place] = hosts[place - 1];
            rtts[place] = rtts[place - 1];
            variations[place] = variations[place - 1];
        }
        hosts[row] = host;
        rtts[row] = rtt;
        variations[row] = variation;
    }

    /** Takes a measured round trip in (RFC 6298, section 2). */
    void measured(int host, int rttMillis) {
        int place = place(host);
        if (place < 0) return;
        int sample = Math.min(rttMillis, Short.MAX_VALUE);
        if (rtts[place] == 0) {
            rtts[place] = (short) sample;
            variations[place] = (short) (sample / 2);
            return;
        }
        variations[place] += (short) ((Math.abs(sample - rtts[place]) - variations[place]) / 4);
        rtts[place] += (short) ((sample - rtts[place]) / 8);
    }

    /** Forgets a session. */
    void drop(int host) {
        int place = place(host);
        if (place >= 0) hosts[place] = NOBODY;
    }

    /** Forgets all, as a restart does. */
    void clear() {
        hosts = empty(PLACES_MIN);
        rtts = new short[PLACES_MIN];
        variations = new short[PLACES_MIN];
    }

    private int place(int host) {
        int row = row(host);
        for (int place = row; place < row + WAYS; place++) if (hosts[place] == host) return place;
        return -1;
    }

    /** Makes room at the end of the row, by growing first and by forgetting when it cannot grow. */
    private int place(int host, short rtt, short variation) {
        int free = freeIn(row(host));
        while (free < 0 && hosts.length < PLACES_MAX) {
            grow();
            free = freeIn(row(host));
        }
        int place = free < 0 ? row(host) + WAYS - 1 : free;
        hosts[place] = host;
        rtts[place] = rtt;
        variations[place] = variation;
        return place;
    }

    private int freeIn(int row) {
        for (int place = row; place < row + WAYS; place++) if (hosts[place] == NOBODY) return place;
        return -1;
    }

    private void grow() {
        int[] before = hosts;
        short[] rttsBefore = rtts;
        short[] variationsBefore = variations;
        hosts = empty(before.length * 2);
        rtts = new short[before.length * 2];
        variations = new short[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (before[i] == NOBODY) continue;
            int free = freeIn(row(before[i]));
            hosts[free] = before[i];
            rtts[free] = rttsBefore[i];
            variations[free] = variationsBefore[i];
        }
    }

    private int row(int host) {
        int hash = host * 0x9E3779B9;
        return ((hash ^ hash >>> 15) & hosts.length / WAYS - 1) * WAYS;
    }

    private static int[] empty(int places) {
        int[] hosts = new int[places];
        Arrays.fill(hosts, NOBODY);
        return hosts;
    }
}
