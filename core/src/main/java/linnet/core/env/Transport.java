package linnet.core.env;

import linnet.core.id.Endpoint;

/** Makes channels to other hosts. */
public interface Transport {
    /** Returns whether this host knows how to dial such an endpoint; says nothing of whether anyone answers. */
    boolean canDial(Endpoint endpoint);

    /** Dials. The listener hears {@code onOpen} or {@code onClosed} later, never before this call returns. */
    void dial(Endpoint endpoint, Channel.Listener listener);
}
