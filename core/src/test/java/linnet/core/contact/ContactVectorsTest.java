package linnet.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import linnet.core.Vectors;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;

/** What two people compare and what an invite proves, byte for byte, for ever: {@code vectors/linnet/contact.json}. */
class ContactVectorsTest {
    @Test
    void aSafetyNumberAndAProofAreWhatTheyWere() {
        Crypto crypto = Draws.fixed();
        Bytes asker = crypto.sha256(Bytes.utf8("asker"));
        Bytes inviter = crypto.sha256(Bytes.utf8("inviter"));
        Bytes secret = crypto.sha256(Bytes.utf8("secret")).slice(0, 16);
        JsonObject now = new JsonObject();
        now.addProperty("description", "The safety number of two user keys, and the proof of a contact request.");
        now.addProperty("asker_user_public", asker.hex());
        now.addProperty("inviter_user_public", inviter.hex());
        now.addProperty("safety_number", SafetyNumber.of(crypto, asker, inviter));
        now.addProperty("invite_secret", secret.hex());
        now.addProperty("secret_hash", crypto.sha256(secret).hex());
        now.addProperty("proof", Invites.proof(crypto, secret, asker, inviter).hex());
        assertThat(Vectors.text(now)).isEqualTo(Vectors.frozen("linnet/contact.json", now));
    }
}
