package linnet.core.dht;

/** Who waits for the answers to a question: decides how many are asked at once, and what is limited. */
public enum Purpose {
    /** Nobody waits: upkeep. */
    BACKGROUND,
    /** A program waits. */
    NORMAL,
    /** A person waits. */
    WAITED
}
