package linnet.core.id;

/**
 * A conversation. That of two people is the hash of both user ids, the smaller first.
 *
 * @param key the 256 bits
 */
public record ConversationId(Key key) {}
