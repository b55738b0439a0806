package linnet.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import linnet.core.Vectors;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;

/** The primitives against Wycheproof and the RFCs. */
class PrimitiveVectorTest {
    private static final Bytes ZEROS = Bytes.wrap(new byte[32]);

    private final Crypto crypto = Draws.seeded(1);

    /** One case of one group. */
    private interface Case {
        void run(JsonObject group, JsonObject test);
    }

    private static int run(String file, Case each) {
        JsonObject all = Vectors.read("wycheproof/" + file).getAsJsonObject();
        int count = 0;
        for (JsonObject group : Vectors.objects(all, "testGroups"))
            for (JsonObject test : Vectors.objects(group, "tests")) {
                each.run(group, test);
                count++;
            }
        assertThat(count).isEqualTo(all.get("numberOfTests").getAsInt());
        return count;
    }

    private static boolean isValid(JsonObject test) {
        return test.get("result").getAsString().equals("valid");
    }

    private static String name(JsonObject test) {
        return "case " + test.get("tcId") + " " + test.get("comment");
    }

    @Test
    void aesGcmSealsAndOpensAsWycheproofSays() {
        int[] ours = {0};
        run("aes_gcm_test.json", (group, test) -> {
            if (group.get("keySize").getAsInt() != 256 || group.get("ivSize").getAsInt() != 96) return;
            ours[0]++;
            Bytes key = Vectors.hex(test, "key");
            Bytes nonce = Vectors.hex(test, "iv");
            Bytes associated = Vectors.hex(test, "aad");
            Bytes plain = Vectors.hex(test, "msg");
            Bytes sealed = Bytes.concat(Vectors.hex(test, "ct"), Vectors.hex(test, "tag"));
            if (isValid(test)) {
                assertThat(crypto.seal(key, nonce, associated, plain))
                        .as(name(test))
                        .isEqualTo(sealed);
                assertThat(crypto.open(key, nonce, associated, sealed))
                        .as(name(test))
                        .isEqualTo(plain);
            } else {
                assertThatThrownBy(() -> crypto.open(key, nonce, associated, sealed))
                        .as(name(test))
                        .isInstanceOf(ProtocolViolation.class);
            }
        });
        assertThat(ours[0]).isGreaterThan(60);
    }

    @Test
    void ed25519VerifiesAsWycheproofSays() {
        int count = run("ed25519_test.json", (group, test) -> {
            Bytes key = Vectors.hex(group.getAsJsonObject("publicKey"), "pk");
            assertThat(crypto.verify(key, Vectors.hex(test, "msg"), Vectors.hex(test, "sig")))
                    .as(name(test))
                    .isEqualTo(isValid(test));
        });
        assertThat(count).isEqualTo(151);
    }

    @Test
    void x25519AgreesAsWycheproofSaysAndRefusesAResultOfZeros() {
        int count = run("x25519_test.json", (group, test) -> {
            Bytes secret = Vectors.hex(test, "private");
            Bytes key = Vectors.hex(test, "public");
            Bytes shared = Vectors.hex(test, "shared");
            if (!shared.equals(ZEROS))
                assertThat(crypto.agree(secret, key)).as(name(test)).isEqualTo(shared);
            else
                assertThatThrownBy(() -> crypto.agree(secret, key))
                        .as(name(test))
                        .isInstanceOf(ProtocolViolation.class);
        });
        assertThat(count).isEqualTo(518);
    }

    @Test
    void hmacIsAsWycheproofSays() {
        int count = run("hmac_sha256_test.json", (group, test) -> {
            int length = group.get("tagSize").getAsInt() / 8;
            Bytes tag = crypto.hmac(Vectors.hex(test, "key"), Vectors.hex(test, "msg"))
                    .slice(0, length);
            assertThat(tag.equals(Vectors.hex(test, "tag"))).as(name(test)).isEqualTo(isValid(test));
        });
        assertThat(count).isEqualTo(174);
    }

    @Test
    void hkdfIsAsWycheproofSays() {
        int count = run("hkdf_sha256_test.json", (group, test) -> {
            Bytes key = Hkdf.extract(crypto, Vectors.hex(test, "salt"), Vectors.hex(test, "ikm"));
            int size = test.get("size").getAsInt();
            if (isValid(test))
                assertThat(Hkdf.expand(crypto, key, Vectors.hex(test, "info"), size))
                        .as(name(test))
                        .isEqualTo(Vectors.hex(test, "okm"));
            else
                assertThatThrownBy(() -> Hkdf.expand(crypto, key, Vectors.hex(test, "info"), size))
                        .as(name(test))
                        .isInstanceOf(IllegalArgumentException.class);
        });
        assertThat(count).isEqualTo(86);
    }

    /** RFC 5869, appendix A.1 and A.3. */
    @Test
    void hkdfIsAsItsRfcSays() {
        Bytes input = Vectors.hex("0b".repeat(22));
        Bytes key = Hkdf.extract(crypto, Vectors.hex("000102030405060708090a0b0c"), input);
        assertThat(key.hex()).isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(Hkdf.expand(crypto, key, Vectors.hex("f0f1f2f3f4f5f6f7f8f9"), 42)
                        .hex())
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        Bytes unsalted = Hkdf.extract(crypto, Bytes.EMPTY, input);
        assertThat(Hkdf.expand(crypto, unsalted, Bytes.EMPTY, 42).hex())
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    /** RFC 7748, section 5.2: one and a thousand rounds. */
    @Test
    void x25519IteratesAsItsRfcSays() {
        Bytes secret = Vectors.hex("09" + "00".repeat(31));
        Bytes point = secret;
        for (int round = 1; round <= 1_000; round++) {
            Bytes next = crypto.agree(secret, point);
            point = secret;
            secret = next;
            if (round == 1)
                assertThat(secret.hex()).isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
        }
        assertThat(secret.hex()).isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    /** RFC 7748, section 6.1. */
    @Test
    void x25519AgreesAsItsRfcSays() {
        Bytes alice = Vectors.hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        Bytes bobPublic = Vectors.hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        assertThat(crypto.agreementPublic(alice).hex())
                .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(crypto.agree(alice, bobPublic).hex())
                .isEqualTo("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    }

    /** RFC 8032, section 7.1, tests 1 and 2. */
    @Test
    void ed25519SignsAsItsRfcSays() {
        signs(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        signs(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    private void signs(String seed, String key, String message, String signature) {
        assertThat(crypto.signingPublic(Vectors.hex(seed)).hex()).isEqualTo(key);
        assertThat(crypto.sign(Vectors.hex(seed), Vectors.hex(message)).hex()).isEqualTo(signature);
        assertThat(crypto.verify(Vectors.hex(key), Vectors.hex(message), Vectors.hex(signature)))
                .isTrue();
    }

    @Test
    void signaturesOfAWrongLengthNeverHold() {
        Bytes seed = crypto.random(32);
        Bytes key = crypto.signingPublic(seed);
        Bytes signature = crypto.sign(seed, seed);
        assertThat(crypto.verify(key, seed, Bytes.concat(signature, Bytes.utf8("x"))))
                .isFalse();
        assertThat(crypto.verify(key, seed, signature.slice(0, 63))).isFalse();
        assertThat(crypto.verify(key.slice(0, 31), seed, signature)).isFalse();
    }

    @Test
    void aCutCiphertextIsTheOthersFaultAndACutKeyIsOurs() {
        Bytes nonce = Bytes.wrap(new byte[12]);
        assertThatThrownBy(() -> crypto.open(ZEROS, nonce, Bytes.EMPTY, Bytes.wrap(new byte[15])))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(Failure.Code.TAMPERED));
        assertThatThrownBy(() -> crypto.seal(nonce, nonce, Bytes.EMPTY, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
