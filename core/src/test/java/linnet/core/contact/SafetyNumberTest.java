package linnet.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import org.junit.jupiter.api.Test;

class SafetyNumberTest {
    private final Crypto crypto = new BouncyCrypto(count -> Bytes.wrap(new byte[count]));
    private final Bytes one = crypto.sha256(Bytes.utf8("one"));
    private final Bytes other = crypto.sha256(Bytes.utf8("other"));

    @Test
    void theOrderOfTheTwoDoesNotMatter() {
        assertThat(SafetyNumber.of(crypto, one, other)).isEqualTo(SafetyNumber.of(crypto, other, one));
    }

    @Test
    void anotherKeyGivesAnotherNumber() {
        assertThat(SafetyNumber.of(crypto, one, other)).isNotEqualTo(SafetyNumber.of(crypto, one, one));
    }

    @Test
    void theGroupsAreTheHashInBaseAHundredThousandFromTheLowest() {
        boolean ordered = one.compareTo(other) < 0;
        Bytes input = Bytes.concat(Bytes.utf8("linnet/safety-number/1"), ordered ? one : other, ordered ? other : one);
        BigInteger rest = new BigInteger(1, crypto.sha256(input).toArray());
        BigInteger bound = BigInteger.valueOf(100_000);
        StringBuilder expected = new StringBuilder();
        for (int group = 0; group < 12; group++) {
            if (group > 0) expected.append(' ');
            expected.append(String.format("%05d", rest.mod(bound).intValue()));
            rest = rest.divide(bound);
        }
        assertThat(SafetyNumber.of(crypto, one, other)).isEqualTo(expected.toString());
    }
}
