package linnet.core.message;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.UserId;

/** The names of conversations. */
final class Conversations {
    private static final Bytes DOMAIN = Bytes.utf8("linnet/conversation/1");

    private Conversations() {}

    /** Returns the conversation of two people: the hash of both user ids, the smaller first. */
    static ConversationId of(Crypto crypto, UserId one, UserId other) {
        boolean ordered = one.compareTo(other) <= 0;
        Bytes first = (ordered ? one : other).key().bytes();
        Bytes second = (ordered ? other : one).key().bytes();
        return new ConversationId(Key.of(crypto.sha256(Bytes.concat(DOMAIN, first, second))));
    }
}
