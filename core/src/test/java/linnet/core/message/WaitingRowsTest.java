package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import linnet.core.wire.Payload;
import org.junit.jupiter.api.Test;

/** How much may wait. */
class WaitingRowsTest {
    private final House house = new Village(9).house("alice");
    private final WaitingRows rows = new WaitingRows(house.store());

    @Test
    void notesDoNotKeepOutRequestsAndThoseAreBoundedToo() {
        add(Waiting.Kind.READ, WaitingRows.NOTES_MAX);
        assertThat(rows.hasRoom(Waiting.Kind.READ, 1, 0)).isFalse();
        assertThat(rows.hasRoom(Waiting.Kind.REQUEST, 16, 3_500)).isTrue();
        add(Waiting.Kind.REQUEST, 1_990);
        assertThat(rows.hasRoom(Waiting.Kind.REQUEST, 16, 3_500)).isFalse();
        assertThat(rows.hasRoom(Waiting.Kind.MESSAGE, 1, 1_000)).isTrue();
    }

    private void add(Waiting.Kind kind, int count) {
        Payload payload = Payload.of(
                        new MessageId(Bytes.wrap(new byte[MessageId.BYTES])),
                        Conversations.of(house.crypto, house.user(), house.user()),
                        house.user(),
                        house.peer(),
                        0,
                        0,
                        0,
                        new Content.Text("hello"))
                .sign(house.crypto, house.identity, house.peer());
        for (int i = 0; i < count; i++) rows.add(kind, house.user(), house.peer(), payload, 0);
    }
}
