package linnet.core.id;

/**
 * One device: SHA-256 of 0x01 and its Ed25519 public key (SPEC I1). Written as {@code peer1…}, see {@link TextForm}.
 *
 * @param key the 256 bits
 */
public record PeerId(Key key) implements Address, Comparable<PeerId> {
    /** Reads the text form. Throws {@link IllegalArgumentException} with a sentence for a person. */
    public static PeerId parse(String text) {
        return new PeerId(TextForm.parse("peer", text));
    }

    @Override
    public int compareTo(PeerId other) {
        return key.compareTo(other.key);
    }

    /** Written out for the same reason as that of {@link Key}. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof PeerId peer && key.equals(peer.key));
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Returns the text form, {@code peer1…}. */
    @Override
    public String toString() {
        return TextForm.write("peer", key);
    }
}
