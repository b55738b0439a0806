package linnet.core.id;

/** Where frames go: a device. (Mailboxes join when peers keep mail for each other.) */
public sealed interface Address permits PeerId {
    /** Returns the 256 bits of the address. */
    Key key();
}
