package linnet.core.env;

import linnet.core.id.Endpoint;

/** How other hosts are reached: by channels, and by packets where there are any. */
public interface Transport {
    /**
     * Returns the kind of channel, the same word at both ends: {@code ws} for WebSocket (with TLS or without: a proxy may take it
     * off), {@code mem} in the simulator. Both ends mix it into the handshake.
     */
    String kind();

    /** Returns whether this host knows how to dial such an endpoint; says nothing of whether anyone answers. */
    boolean canDial(Endpoint endpoint);

    /** Dials. The listener hears {@code onOpen} or {@code onClosed} later, never before this call returns. */
    void dial(Endpoint endpoint, Channel.Listener listener);

    /** Returns how this host sends single packets. */
    default Datagrams datagrams() {
        return Datagrams.NONE;
    }
}
