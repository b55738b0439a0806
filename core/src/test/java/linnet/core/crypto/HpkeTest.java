package linnet.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.List;
import linnet.core.Vectors;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;

class HpkeTest {
    private static final Bytes INFO = Bytes.utf8("test");

    private final Crypto crypto = Draws.seeded(3);
    private final Bytes secret = crypto.random(32);
    private final Bytes publicKey = crypto.agreementPublic(secret);

    @Test
    void isAsItsRfcSays() {
        JsonObject set = Vectors.read("hpke/base-x25519-sha256-aes256gcm.json")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        Bytes info = Vectors.hex(set, "info");
        Bytes recipientPublic = Vectors.hex(set, "pkRm");
        Bytes encapsulated = Vectors.hex(set, "enc");
        Bytes agreed = crypto.agree(Vectors.hex(set, "skEm"), recipientPublic);
        Bytes shared = Hpke.sharedSecret(crypto, agreed, encapsulated, recipientPublic);
        assertThat(shared).isEqualTo(Vectors.hex(set, "shared_secret"));
        Hpke.Context context = Hpke.schedule(crypto, shared, info);
        assertThat(context.key()).isEqualTo(Vectors.hex(set, "key"));
        assertThat(context.nonce()).isEqualTo(Vectors.hex(set, "base_nonce"));

        List<JsonObject> encryptions = Vectors.objects(set, "encryptions");
        JsonObject first = encryptions.get(0);
        Bytes sealed = Bytes.concat(encapsulated, Vectors.hex(first, "ct"));
        Bytes associated = Vectors.hex(first, "aad");
        Bytes plain = Vectors.hex(first, "pt");
        Crypto drawsItsKey = Draws.fixed(Vectors.hex(set, "skEm"));
        assertThat(Hpke.seal(drawsItsKey, recipientPublic, info, associated, plain))
                .isEqualTo(sealed);
        assertThat(Hpke.open(crypto, KeyPair.of(crypto, Vectors.hex(set, "skRm")), info, associated, sealed))
                .isEqualTo(plain);

        assertThat(encryptions).hasSize(257);
        for (JsonObject encryption : encryptions)
            assertThat(crypto.open(
                            context.key(),
                            Vectors.hex(encryption, "nonce"),
                            Vectors.hex(encryption, "aad"),
                            Vectors.hex(encryption, "ct")))
                    .isEqualTo(Vectors.hex(encryption, "pt"));
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        Bytes once = Hpke.seal(crypto, publicKey, INFO, Bytes.EMPTY, Bytes.EMPTY);
        Bytes again = Hpke.seal(crypto, publicKey, INFO, Bytes.EMPTY, Bytes.EMPTY);
        assertThat(once).isNotEqualTo(again);
        assertThat(once.length()).isEqualTo(Hpke.OVERHEAD_BYTES);
    }

    @Test
    void noChangedByteOpens() {
        Bytes associated = Bytes.utf8("to bob");
        Bytes sealed = Hpke.seal(crypto, publicKey, INFO, associated, Bytes.utf8("hello"));
        assertThat(Hpke.open(crypto, KeyPair.of(crypto, secret), INFO, associated, sealed))
                .isEqualTo(Bytes.utf8("hello"));
        for (int at = 0; at < sealed.length(); at++) {
            byte[] array = sealed.toArray();
            array[at] ^= 0x40;
            Bytes changed = Bytes.wrap(array);
            assertThatThrownBy(() -> Hpke.open(crypto, KeyPair.of(crypto, secret), INFO, associated, changed))
                    .isInstanceOf(ProtocolViolation.class);
        }
        for (int length = 0; length < sealed.length(); length++) {
            Bytes cut = sealed.slice(0, length);
            assertThatThrownBy(() -> Hpke.open(crypto, KeyPair.of(crypto, secret), INFO, associated, cut))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void anotherUseOrAddresseeDoesNotOpen() {
        Bytes sealed = Hpke.seal(crypto, publicKey, INFO, Bytes.utf8("to bob"), Bytes.utf8("hello"));
        assertThatThrownBy(() -> Hpke.open(
                        crypto, KeyPair.of(crypto, secret), Bytes.utf8("tests"), Bytes.utf8("to bob"), sealed))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> Hpke.open(crypto, KeyPair.of(crypto, secret), INFO, Bytes.utf8("to eve"), sealed))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() ->
                        Hpke.open(crypto, KeyPair.of(crypto, crypto.random(32)), INFO, Bytes.utf8("to bob"), sealed))
                .isInstanceOf(ProtocolViolation.class);
    }
}
