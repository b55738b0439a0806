package linnet.core.event;

/** How far a message is. It only moves forward; FAILED ends it before DELIVERED. */
public enum Stage {
    /** Durable here, not yet sent. */
    QUEUED,
    /** Handed to a link. */
    SENT,
    /** Kept by a peer for the recipient. */
    STORED,
    /** Durable at the recipient's device, said by that device under seal. */
    DELIVERED,
    /** Seen by the person. */
    READ,
    /** Given up, with the cause. */
    FAILED
}
