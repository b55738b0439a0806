package linnet.core.id;

/**
 * One message, the same on every device, route and re-sealing: 16 random bytes inside the seal. Written in hexadecimal.
 *
 * @param random16 the 16 bytes
 */
public record MessageId(Bytes random16) implements Comparable<MessageId> {
    /** Length in bytes. */
    public static final int BYTES = 16;

    /** Checks the length. */
    public MessageId {
        if (random16.length() != BYTES) throw new IllegalArgumentException("message id of " + random16.length() + " B");
    }

    @Override
    public int compareTo(MessageId other) {
        return random16.compareTo(other.random16);
    }

    @Override
    public String toString() {
        return random16.hex();
    }
}
