package linnet.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;

class SignedTest {
    private final Crypto crypto = Draws.seeded(5);
    private final Bytes seed = crypto.random(32);
    private final Bytes publicKey = crypto.signingPublic(seed);

    @Test
    void coversTheUseAndEachFieldBehindItsLength() {
        assertThat(Signed.message(Signed.Use.LINK, Bytes.utf8("ab"), Bytes.EMPTY)
                        .hex())
                .isEqualTo(Bytes.utf8("linnet/link/1").hex() + "00000002" + "6162" + "00000000");
    }

    @Test
    void holdsForItsOwnUseOnly() {
        Bytes field = Bytes.utf8("field");
        for (Signed.Use signed : Signed.Use.values()) {
            Bytes signature = Signed.sign(crypto, seed, signed, field);
            for (Signed.Use asked : Signed.Use.values())
                assertThat(Signed.holds(crypto, publicKey, signature, asked, field))
                        .isEqualTo(asked == signed);
        }
    }

    @Test
    void noByteMovesFromOneFieldToTheNext() {
        Bytes signature = Signed.sign(crypto, seed, Signed.Use.BUNDLE, Bytes.utf8("ab"), Bytes.utf8("c"));
        assertThat(Signed.holds(crypto, publicKey, signature, Signed.Use.BUNDLE, Bytes.utf8("ab"), Bytes.utf8("c")))
                .isTrue();
        assertThat(Signed.holds(crypto, publicKey, signature, Signed.Use.BUNDLE, Bytes.utf8("a"), Bytes.utf8("bc")))
                .isFalse();
        assertThat(Signed.holds(crypto, publicKey, signature, Signed.Use.BUNDLE, Bytes.utf8("abc")))
                .isFalse();
    }

    @Test
    void saysTamperedWhenItDoesNotHold() {
        assertThatThrownBy(() -> Signed.check(crypto, publicKey, Bytes.EMPTY, Signed.Use.PAYLOAD, seed))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(Failure.Code.TAMPERED));
    }
}
