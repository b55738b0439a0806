package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.LongStream;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.env.Chance;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdkCryptoTest {
    private static final Path AES_GCM = Path.of("../core/src/test/resources/vectors/wycheproof/aes_gcm_test.json");

    private final Crypto jdk = new JdkCrypto();
    private final Crypto bouncy = new BouncyCrypto(count -> Bytes.wrap(new byte[count]));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesTheBytesOfBouncyCastle(long seed) {
        Chance chance = new Chance(seed);
        Bytes key = draw(chance, 32);
        Bytes other = draw(chance, 32);
        Bytes nonce = draw(chance, 12);
        Bytes associated = draw(chance, chance.below(100));
        Bytes data = draw(chance, chance.below(70_000));
        assertThat(jdk.sha256(data)).isEqualTo(bouncy.sha256(data));
        assertThat(jdk.hmac(associated, data)).isEqualTo(bouncy.hmac(associated, data));
        assertThat(jdk.signingPublic(key)).isEqualTo(bouncy.signingPublic(key));
        assertThat(jdk.sign(key, data)).isEqualTo(bouncy.sign(key, data));
        assertThat(jdk.agree(key, jdk.agreementPublic(other)))
                .isEqualTo(bouncy.agree(other, bouncy.agreementPublic(key)));
        Bytes sealed = jdk.seal(key, nonce, associated, data);
        assertThat(sealed).isEqualTo(bouncy.seal(key, nonce, associated, data));
        assertThat(jdk.open(key, nonce, associated, sealed)).isEqualTo(data);
        byte[] tampered = sealed.toArray();
        tampered[chance.below(tampered.length)] ^= (byte) (1 << chance.below(8));
        assertThatThrownBy(() -> jdk.open(key, nonce, associated, Bytes.wrap(tampered)))
                .isInstanceOf(ProtocolViolation.class);
        assertThat(jdk.open(key, nonce, associated, sealed))
                .as("a failure leaves nothing behind")
                .isEqualTo(data);
    }

    @Test
    void sealsAndOpensAsWycheproofSays() throws Exception {
        JsonObject file = JsonParser.parseString(Files.readString(AES_GCM)).getAsJsonObject();
        int ours = 0;
        for (JsonElement group : file.getAsJsonArray("testGroups")) {
            JsonObject sizes = group.getAsJsonObject();
            if (sizes.get("keySize").getAsInt() != 256 || sizes.get("ivSize").getAsInt() != 96) continue;
            for (JsonElement test : sizes.getAsJsonArray("tests")) {
                ours++;
                check(test.getAsJsonObject());
            }
        }
        assertThat(ours).isGreaterThan(60);
    }

    @Test
    void refusesToSealTwiceUnderOneNonce() {
        Bytes key = jdk.random(32);
        Bytes nonce = jdk.random(12);
        Bytes sealed = jdk.seal(key, nonce, Bytes.EMPTY, Bytes.utf8("once"));
        assertThat(sealed.length()).isEqualTo(20);
        assertThatThrownBy(() -> jdk.seal(key, nonce, Bytes.EMPTY, Bytes.utf8("twice")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nonce");
    }

    @Test
    void drawsDifferently() {
        assertThat(jdk.random(32)).isNotEqualTo(jdk.random(32));
        assertThat(jdk.random(0)).isEqualTo(Bytes.EMPTY);
    }

    private void check(JsonObject test) {
        Bytes key = hex(test, "key");
        Bytes nonce = hex(test, "iv");
        Bytes associated = hex(test, "aad");
        Bytes sealed = Bytes.concat(hex(test, "ct"), hex(test, "tag"));
        String name = "test " + test.get("tcId");
        if (test.get("result").getAsString().equals("valid")) {
            assertThat(new JdkCrypto().seal(key, nonce, associated, hex(test, "msg")))
                    .as(name)
                    .isEqualTo(sealed);
            assertThat(jdk.open(key, nonce, associated, sealed)).as(name).isEqualTo(hex(test, "msg"));
        } else {
            assertThatThrownBy(() -> jdk.open(key, nonce, associated, sealed))
                    .as(name)
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    private static Bytes draw(Chance chance, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) chance.nextLong();
        return Bytes.wrap(bytes);
    }

    private static Bytes hex(JsonObject test, String field) {
        return Bytes.wrap(HexFormat.of().parseHex(test.get(field).getAsString()));
    }
}
