package linnet.core.wire;

import linnet.core.id.EnvelopeId;
import linnet.core.id.PeerId;

/** Frames of messages. */
public sealed interface MessageFrame extends Frame permits Envelope, MessageFrame.Receipt {
    /** Hands this frame to its method. */
    void deliver(PeerId from, Handler handler);

    @Override
    default void dispatch(PeerId from, Frame.Handler handler) {
        handler.onMessageFrame(from, this);
    }

    /**
     * What the neighbour did with an envelope. Speaks only for the peer that sends it, and never of delivery: DELIVERED and
     * READ are sealed payloads of the recipient, so that no relay can forge them.
     *
     * @param id the envelope
     * @param what what was done
     */
    record Receipt(EnvelopeId id, Stored what) implements MessageFrame {
        @Override
        public void deliver(PeerId from, Handler handler) {
            handler.onReceipt(from, this);
        }
    }

    /** What a neighbour can say of an envelope; the numbers are wire values. */
    enum Stored {
        /** It keeps it for the addressee. */
        KEPT,
        /** It has no room. */
        FULL,
        /** It does not keep mail for this address. */
        UNKNOWN_MAILBOX,
        /** It is the addressee and cannot open it: sealed to a prekey that is gone. The bundle follows in an Introduction. */
        UNREADABLE
    }

    /** One method per message frame. */
    interface Handler {
        /** An envelope came, for this peer or for another. */
        void onEnvelope(PeerId from, Envelope envelope);

        /** A neighbour said what it did with an envelope. */
        void onReceipt(PeerId from, Receipt receipt);
    }
}
