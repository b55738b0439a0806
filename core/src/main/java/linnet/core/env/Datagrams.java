package linnet.core.env;

import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/**
 * Single packets to other hosts: each may be lost, doubled, overtaken or forged. What comes in reaches the node as an input of its own.
 * Absent in browsers.
 */
public interface Datagrams {
    /** Longest packet in bytes: what every path on the Internet carries whole (RFC 9000, section 14). */
    int PACKET_BYTES_MAX = 1_200;

    /** Returns whether this host knows how to send packets to such an endpoint; says nothing of whether anyone hears them. */
    boolean canSend(Endpoint to);

    /** Sends one packet of at most {@value #PACKET_BYTES_MAX} bytes, or drops it: nobody is told. */
    void send(Endpoint to, Bytes packet);

    /**
     * Sends one packet from a socket that nobody knows, so that only a peer that everybody can reach hears it; what comes back there reaches the
     * node as any other does. Dropped where a host has only one socket.
     */
    default void sendAside(Endpoint to, Bytes packet) {}

    /** The world of a host without packets. */
    Datagrams NONE = new Datagrams() {
        @Override
        public boolean canSend(Endpoint to) {
            return false;
        }

        @Override
        public void send(Endpoint to, Bytes packet) {}
    };
}
