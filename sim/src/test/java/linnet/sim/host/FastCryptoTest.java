package linnet.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;

class FastCryptoTest {
    private static final Bytes KEY = secret(1);
    private static final Bytes NONCE = Bytes.wrap(new byte[12]);
    private static final Bytes PLAIN = Bytes.utf8("size-faithful and quick");

    private final FastCrypto crypto = new FastCrypto();

    @Test
    void opensWhatItSealed() {
        Bytes sealed = crypto.seal(KEY, NONCE, Bytes.EMPTY, PLAIN);
        assertThat(sealed.length()).isEqualTo(PLAIN.length() + 16);
        assertThat(crypto.open(KEY, NONCE, Bytes.EMPTY, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void refusesEveryChangedByte() {
        Bytes sealed = crypto.seal(KEY, NONCE, PLAIN, PLAIN);
        for (int i = 0; i < sealed.length(); i++) {
            byte[] changed = sealed.toArray();
            changed[i] ^= 1;
            assertThatThrownBy(() -> crypto.open(KEY, NONCE, PLAIN, Bytes.wrap(changed)))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void refusesTheWrongKeyNonceAndContext() {
        Bytes sealed = crypto.seal(KEY, NONCE, Bytes.EMPTY, PLAIN);
        assertThatThrownBy(() -> crypto.open(secret(2), NONCE, Bytes.EMPTY, sealed))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> crypto.open(KEY, KEY.slice(0, 12), Bytes.EMPTY, sealed))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> crypto.open(KEY, NONCE, PLAIN, sealed)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void bothSidesAgree() {
        assertThat(crypto.agree(secret(3), crypto.agreementPublic(secret(4))))
                .isEqualTo(crypto.agree(secret(4), crypto.agreementPublic(secret(3))))
                .isNotEqualTo(crypto.agree(secret(3), crypto.agreementPublic(secret(5))));
    }

    @Test
    void signaturesHoldForTheirKeyAndMessageOnly() {
        Bytes signature = crypto.sign(KEY, PLAIN);
        assertThat(signature.length()).isEqualTo(64);
        assertThat(crypto.verify(crypto.signingPublic(KEY), PLAIN, signature)).isTrue();
        assertThat(crypto.verify(crypto.signingPublic(secret(9)), PLAIN, signature))
                .isFalse();
        assertThat(crypto.verify(crypto.signingPublic(KEY), KEY, signature)).isFalse();
        assertThat(crypto.verify(KEY.slice(0, 31), PLAIN, signature)).isFalse();
    }

    private static Bytes secret(int number) {
        byte[] array = new byte[32];
        array[7] = (byte) number;
        return Bytes.wrap(array);
    }
}
