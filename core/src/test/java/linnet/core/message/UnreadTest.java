package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import linnet.core.env.RowKeys;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Writer;
import org.junit.jupiter.api.Test;

/** What was delivered and not seen, over starts and versions. */
class UnreadTest {
    private static final int MANY = 100;

    private final House house = new Village(7).house("alice");

    @Test
    void whatIsNotSeenIsKnownAfterARestart() {
        Unread before = loaded();
        for (int i = 0; i < MANY; i++) before.add(id(i), house.user());
        for (int i = 0; i < MANY; i += 2)
            assertThat(before.see(id(i), house.user())).isTrue();
        Unread after = loaded();
        for (int i = 0; i < MANY; i++) assertThat(after.has(id(i))).isEqualTo(i % 2 == 1);
        assertThat(after.see(id(1), house.user())).isTrue();
        assertThat(loaded().has(id(1))).isFalse();
    }

    @Test
    void aThousandOfThemShareFewRows() {
        Unread unread = loaded();
        for (int i = 0; i < 1_000; i++) unread.add(id(i), house.user());
        assertThat(house.rows("unread-page")).isLessThan(70);
        for (int i = 0; i < 1_000; i++) unread.see(id(i), house.user());
        assertThat(house.rows("unread-page")).isZero();
    }

    @Test
    void theOldestIsForgottenWhenThereAreTooMany() {
        Unread unread = loaded();
        for (int i = 0; i <= Unread.UNREAD_MAX; i++) unread.add(id(i), house.user());
        assertThat(loaded().has(id(0))).isFalse();
        assertThat(loaded().has(id(1))).isTrue();
    }

    @Test
    void theRowsOfTheFirstVersionAreTaken() {
        for (int i = 1; i <= MANY; i++) {
            Bytes row = new Writer()
                    .uint(1, 1)
                    .bytes(2, id(i).random16())
                    .key(3, house.user().key())
                    .toBytes();
            house.store().put("unread", RowKeys.of(i), row);
        }
        assertThat(loaded().has(id(MANY))).isTrue();
        assertThat(house.rows("unread")).isZero();
        Unread again = loaded();
        assertThat(again.has(id(1))).isTrue();
        again.add(id(MANY + 1), house.user());
        assertThat(loaded().has(id(MANY + 1))).isTrue();
        assertThat(loaded().has(id(MANY))).isTrue();
    }

    private Unread loaded() {
        Unread unread = new Unread(house.store());
        unread.load();
        return unread;
    }

    private static MessageId id(int number) {
        byte[] bytes = new byte[MessageId.BYTES];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return new MessageId(Bytes.wrap(bytes));
    }
}
