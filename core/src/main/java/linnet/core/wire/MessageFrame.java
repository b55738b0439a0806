package linnet.core.wire;

import linnet.core.id.EnvelopeId;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;

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
        KEPT(1),
        /** It has no room. */
        FULL(2),
        /** It does not keep mail for this address. */
        UNKNOWN_MAILBOX(3),
        /** It is the addressee and cannot open it: sealed to a prekey that is gone. The bundle follows in an Introduction. */
        UNREADABLE(4),
        /** By its clock the envelope has expired. */
        EXPIRED(5);

        private final int number;

        Stored(int number) {
            this.number = number;
        }

        /** Returns the wire value, from 1. */
        public int number() {
            return number;
        }

        /** Returns what has this wire value, or null for one that only a newer program knows. */
        static @Nullable Stored of(int number) {
            for (Stored stored : values()) if (stored.number == number) return stored;
            return null;
        }
    }

    /** One method per message frame. */
    interface Handler {
        /** An envelope came, for this peer or for another. */
        void onEnvelope(PeerId from, Envelope envelope);

        /** A neighbour said what it did with an envelope. */
        void onReceipt(PeerId from, Receipt receipt);
    }
}
