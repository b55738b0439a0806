package linnet.core.contact;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;

/**
 * What two people compare to know that nobody sits between them: 60 digits in 12 groups of 5, the same on both sides. Made
 * from the hash of both user keys; 60 digits keep 199 of its bits, so finding a key pair that shows the same number as another takes
 * more work than breaking the keys.
 */
final class SafetyNumber {
    private static final Bytes DOMAIN = Bytes.utf8("linnet/safety-number/1");
    private static final int GROUPS = 12;
    private static final int GROUP_BOUND = 100_000;
    private static final int GROUP_DIGITS = 5;

    private SafetyNumber() {}

    /** Returns the number of two people; the order does not matter. */
    static String of(Crypto crypto, Bytes onePublic, Bytes otherPublic) {
        boolean ordered = onePublic.compareTo(otherPublic) <= 0;
        Bytes first = ordered ? onePublic : otherPublic;
        Bytes second = ordered ? otherPublic : onePublic;
        byte[] rest = crypto.sha256(Bytes.concat(DOMAIN, first, second)).toArray();
        StringBuilder text = new StringBuilder(GROUPS * (GROUP_DIGITS + 1));
        for (int group = 0; group < GROUPS; group++) {
            if (group > 0) text.append(' ');
            int digits = divide(rest);
            for (int bound = GROUP_BOUND / 10; bound > 0; bound /= 10) text.append((char) ('0' + digits / bound % 10));
        }
        return text.toString();
    }

    /** Divides the number in place and returns the remainder, below {@link #GROUP_BOUND}. */
    private static int divide(byte[] number) {
        int remainder = 0;
        for (int i = 0; i < number.length; i++) {
            int part = remainder << 8 | (number[i] & 0xff);
            number[i] = (byte) (part / GROUP_BOUND);
            remainder = part % GROUP_BOUND;
        }
        return remainder;
    }
}
