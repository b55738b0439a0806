package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import linnet.core.Vectors;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.UserId;
import org.junit.jupiter.api.Test;

/** The name of a conversation, byte for byte, for ever: {@code vectors/linnet/conversation.json}. */
class ConversationVectorsTest {
    private final Crypto crypto = Draws.fixed();
    private final UserId one = new UserId(Key.of(crypto.sha256(Bytes.utf8("one"))));
    private final UserId other = new UserId(Key.of(crypto.sha256(Bytes.utf8("other"))));

    @Test
    void theConversationOfTwoPeopleIsWhatItWas() {
        JsonObject now = new JsonObject();
        now.addProperty("description", "The conversation of two people; the order of the two does not matter.");
        now.addProperty("user_id", one.key().hex());
        now.addProperty("other_user_id", other.key().hex());
        now.addProperty(
                "conversation", Conversations.of(crypto, one, other).key().hex());
        assertThat(Vectors.text(now)).isEqualTo(Vectors.frozen("linnet/conversation.json", now));
    }

    @Test
    void bothNameItTheSame() {
        assertThat(Conversations.of(crypto, one, other)).isEqualTo(Conversations.of(crypto, other, one));
    }
}
