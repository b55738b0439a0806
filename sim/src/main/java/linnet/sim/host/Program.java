package linnet.sim.host;

import linnet.core.env.Channel;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/** What a host runs: a node, or something that only claims to be one. */
public interface Program {
    /** Starts over what the host's disk holds. */
    void start();

    /** Stops in order. */
    void stop();

    /** Somebody dialled the host. */
    Result<Channel.Listener> incoming(String remoteAddress);

    /** A packet came, in a network that has any. */
    default void onPacket(Endpoint from, Bytes packet) {}

    /** Makes a program for one life of a host. */
    interface Maker {
        /** Creates the program; it is started later. */
        Program make(SimHost host);
    }
}
