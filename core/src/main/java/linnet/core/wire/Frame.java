package linnet.core.wire;

import linnet.core.id.PeerId;

/** What one peer says to another over a link. One sealed sub-interface per protocol, each with a handler of its own. */
public sealed interface Frame permits LinkFrame, ContactFrame, MessageFrame, DhtFrame, ProbeFrame, UnknownFrame {
    /** Hands this frame to the protocol it is for. */
    void dispatch(PeerId from, Handler handler);

    /** One method per protocol. */
    interface Handler {
        /** A frame of the link itself. */
        void onLinkFrame(PeerId from, LinkFrame frame);

        /** A frame about who somebody is. */
        void onContactFrame(PeerId from, ContactFrame frame);

        /** A frame of messages. */
        void onMessageFrame(PeerId from, MessageFrame frame);

        /** A question about the network, or an answer. */
        void onDhtFrame(PeerId from, DhtFrame frame);

        /** A frame that means nothing. */
        void onProbeFrame(PeerId from, ProbeFrame frame);

        /** A frame that only a newer program knows. */
        void onUnknownFrame(PeerId from, UnknownFrame frame);
    }
}
