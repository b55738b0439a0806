package linnet.sim.dht;

import linnet.core.id.Endpoint;

/**
 * Where simulated hosts are: every host number has an endpoint, {@code udp://37.4.211.9:7071}, and every endpoint its number, so that no
 * table of them is kept. Most hosts have an address in a /24 of their own; one block of four in ten is a household behind one
 * address, told apart by ports.
 */
final class Addresses {
    private static final String SCHEME = "udp://";
    private static final int PORT = 7071;
    private static final int HOUSEHOLD = 4;

    /** One household in so many blocks. */
    private static final int HOUSEHOLD_EVERY = 10;

    /** An odd number and its inverse modulo 2^24 spread neighbours in number over the address space. */
    private static final int SPREAD = 0x5851F5;

    private static final int GATHER = inverse(SPREAD);
    private static final int NETS = 1 << 24;

    /** A /24 that no host number leads to: there a crowd behind one address can be as large as ports allow. */
    private static final int CROWD_NET = (int) ((0x912345L * SPREAD) & (NETS - 1));

    private static final int CROWD_PORT = 10_000;

    private Addresses() {}

    /** Returns the endpoint of a host. */
    static Endpoint of(int number) {
        int block = number & -HOUSEHOLD;
        boolean isHousehold = block / HOUSEHOLD % HOUSEHOLD_EVERY == 0;
        int placed = isHousehold ? block : number;
        int port = isHousehold ? PORT + number - block : PORT;
        int net = placed * SPREAD & (NETS - 1);
        return new Endpoint(SCHEME + (net >>> 16) + '.' + (net >>> 8 & 255) + '.' + (net & 255) + ".9:" + port);
    }

    /** Returns the endpoint of a host, below number 50,000, in a crowd behind one address. */
    static Endpoint inCrowd(int number) {
        return new Endpoint(SCHEME + (CROWD_NET >>> 16) + '.' + (CROWD_NET >>> 8 & 255) + '.' + (CROWD_NET & 255)
                + ".9:" + (CROWD_PORT + number));
    }

    /** Returns the number of the host at an endpoint of any scheme, or -1 where no host can be. */
    static int number(Endpoint endpoint) {
        String uri = endpoint.uri();
        int from = uri.indexOf("://");
        if (from < 0) return -1;
        int net = 0;
        int part = 0;
        int parts = 0;
        for (int i = from + 3; i < uri.length() && uri.charAt(i) != '/'; i++) {
            char c = uri.charAt(i);
            if (c >= '0' && c <= '9') {
                part = part * 10 + c - '0';
                continue;
            }
            if (c != '.' && c != ':') return -1;
            if (parts < 3) net = (net << 8) | (part & 255);
            parts++;
            part = 0;
        }
        if (parts == 4 && net == CROWD_NET) return part - CROWD_PORT;
        return parts == 4 ? (net * GATHER & (NETS - 1)) + part - PORT : -1;
    }

    /** Newton's iteration: each round doubles the bits that are right. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 5; i++) inverse *= 2 - odd * inverse;
        return inverse & (NETS - 1);
    }
}
