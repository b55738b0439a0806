package linnet.core.id;

/**
 * One sealed copy: SHA-256 of its sealed bytes. All that relays, mailboxes and duplicate filters know of a message.
 *
 * @param key the 256 bits
 */
public record EnvelopeId(Key key) {}
