package linnet.core.event;

import linnet.core.env.Failure;
import linnet.core.id.ConversationId;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/** What a node tells its application. An event leaves the host only after the batch it belongs to is durable. */
public sealed interface Event {
    /**
     * This person's own message was taken in; it will not be lost. A {@link Progress} with QUEUED follows in the same batch.
     *
     * @param to whom it is for
     * @param in the conversation
     * @param id the message
     * @param sentWallMillis this device's clock
     * @param content what was said
     */
    record Accepted(UserId to, ConversationId in, MessageId id, long sentWallMillis, Content content)
            implements Event {}

    /**
     * A message arrived and is shown: once, in the order of the sending device.
     *
     * @param from who sent it, authenticated
     * @param device the device that sent it
     * @param in the conversation
     * @param id the message
     * @param sequence its place in the device's stream
     * @param sentWallMillis the sender's clock
     * @param order whether anything before it is missing
     * @param content what was said
     */
    record Received(
            UserId from,
            PeerId device,
            ConversationId in,
            MessageId id,
            long sequence,
            long sentWallMillis,
            Order order,
            Content content)
            implements Event {}

    /** Where a received message stands among those of its sender. */
    enum Order {
        /** Everything before it has been shown. */
        IN_ORDER,
        /** The first after a gap that was waited for and passed. */
        AFTER_GAP,
        /** It belongs before something that was shown already: it came after its gap was passed. */
        LATE
    }

    /**
     * An own message came further, or waits for another reason than before.
     *
     * @param to whom it is for
     * @param id the message
     * @param stage how far it is
     * @param at the peer that has it, when somebody has
     * @param cause why it does not go on, or why it failed
     * @param nextTryWallMillis when it is tried again; 0 when nothing is planned
     */
    record Progress(
            UserId to,
            MessageId id,
            Stage stage,
            @Nullable PeerId at,
            @Nullable Failure cause,
            long nextTryWallMillis) implements Event {}

    /**
     * A peer can be reached, or not any more.
     *
     * @param peer the device
     * @param user whose device it is, if it is a contact's
     * @param reach how
     * @param why why not, when it is not
     */
    record Reached(
            PeerId peer,
            @Nullable UserId user,
            Reach reach,
            @Nullable Failure why) implements Event {}

    /** How a peer is reached. */
    enum Reach {
        /** Over a link of this node. */
        DIRECT,
        /** Not at all now. */
        OFFLINE
    }

    /**
     * A contact was added, accepted, refused or changed.
     *
     * @param user the person
     * @param name what they call themself
     * @param state where the contact stands
     * @param why why it was refused
     */
    record ContactChanged(
            UserId user,
            String name,
            ContactState state,
            @Nullable Failure why) implements Event {}

    /** Where a contact stands. */
    enum ContactState {
        /** This person asked with an invite and waits for the answer. */
        REQUESTED,
        /** Both are contacts. */
        ACCEPTED,
        /** The other side said no. */
        REFUSED
    }
}
