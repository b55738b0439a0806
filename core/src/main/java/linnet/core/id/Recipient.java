package linnet.core.id;

/** What people write to: a person. (Groups and topics join with their protocols.) */
public sealed interface Recipient permits UserId {}
