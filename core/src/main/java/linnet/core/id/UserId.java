package linnet.core.id;

/**
 * One person, with one or more devices: SHA-256 of 0x02 and the Ed25519 public key of the user. Written {@code user1…}.
 *
 * @param key the 256 bits
 */
public record UserId(Key key) implements Recipient, Comparable<UserId> {
    /** Reads the text form. Throws {@link IllegalArgumentException} with a sentence for a person. */
    public static UserId parse(String text) {
        return new UserId(TextForm.parse("user", text));
    }

    @Override
    public int compareTo(UserId other) {
        return key.compareTo(other.key);
    }

    /** Returns the text form, {@code user1…}. */
    @Override
    public String toString() {
        return TextForm.write("user", key);
    }
}
