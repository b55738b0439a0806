package linnet.sim.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.junit.jupiter.api.Test;

/** Each promise that a node may break, broken once. */
class LedgerTest {
    private static final Key KEY = Key.of(Bytes.wrap(new byte[32]));
    private static final int ALICE = 0;
    private static final int BOB = 1;

    private final Ledger ledger = new Ledger();
    private long nowMillis;

    @Test
    void nothingIsBrokenWhenAllIsWell() {
        for (int i = 0; i < 3; i++) accept(i);
        for (int i = 0; i < 3; i++) {
            assertThat(show(i, Event.Order.IN_ORDER)).isNull();
            assertThat(progress(i, Stage.DELIVERED, null)).isNull();
        }
        assertThat(ledger.missing(host -> false)).isEmpty();
    }

    @Test
    void findsAMessageThatIsShownTwice() {
        accept(0);
        assertThat(show(0, Event.Order.IN_ORDER)).isNull();
        assertThat(show(0, Event.Order.LATE)).startsWith("twice");
    }

    @Test
    void findsAMessageThatNobodySent() {
        assertThat(show(7, Event.Order.IN_ORDER)).startsWith("invented");
    }

    @Test
    void findsAMessageThatLeftBeforeItWasDurable() {
        ledger.onSend(ALICE, 1, BOB, id(0), "0", 0);
        assertThat(show(0, Event.Order.IN_ORDER)).startsWith("disk");
    }

    @Test
    void findsAWrongOrder() {
        for (int i = 0; i < 2; i++) accept(i);
        assertThat(show(1, Event.Order.IN_ORDER)).startsWith("order");
    }

    @Test
    void findsALateMessageThatIsNotMarked() {
        for (int i = 0; i < 2; i++) accept(i);
        ledger.onHeld(BOB, id(1), nowMillis);
        nowMillis = 10_000;
        assertThat(show(1, Event.Order.AFTER_GAP)).isNull();
        assertThat(show(0, Event.Order.IN_ORDER)).startsWith("order");
    }

    @Test
    void allowsALateMessageThatIsMarked() {
        for (int i = 0; i < 2; i++) accept(i);
        ledger.onHeld(BOB, id(1), nowMillis);
        nowMillis = 10_000;
        assertThat(show(1, Event.Order.AFTER_GAP)).isNull();
        assertThat(show(0, Event.Order.LATE)).isNull();
    }

    @Test
    void findsAGapThatWasNotWaitedFor() {
        for (int i = 0; i < 2; i++) accept(i);
        ledger.onHeld(BOB, id(1), nowMillis);
        nowMillis = 9_999;
        assertThat(show(1, Event.Order.AFTER_GAP)).startsWith("order");
    }

    @Test
    void countsTheWaitFromTheMomentAtWhichTheGapWasSeen() {
        for (int i = 0; i < 2; i++) accept(i);
        nowMillis = 10_000;
        ledger.onHeld(BOB, id(1), nowMillis);
        assertThat(show(1, Event.Order.AFTER_GAP)).startsWith("order");
    }

    @Test
    void findsAGapThatIsNotWaitedForAgainAfterARestart() {
        for (int i = 0; i < 2; i++) accept(i);
        ledger.onHeld(BOB, id(1), nowMillis);
        nowMillis = 8_000;
        ledger.onHeldAgain(BOB, List.of(id(1)), nowMillis);
        nowMillis = 17_999;
        assertThat(show(1, Event.Order.AFTER_GAP)).startsWith("order");
    }

    @Test
    void findsADeliveryThatIsNotDurable() {
        accept(0);
        assertThat(progress(0, Stage.DELIVERED, null)).startsWith("delivered");
    }

    @Test
    void findsAStageThatGoesBack() {
        accept(0);
        assertThat(show(0, Event.Order.IN_ORDER)).isNull();
        assertThat(progress(0, Stage.DELIVERED, null)).isNull();
        assertThat(progress(0, Stage.SENT, null)).startsWith("stage");
    }

    @Test
    void findsAMessageThatWasGivenUp() {
        accept(0);
        assertThat(progress(0, Stage.FAILED, new Failure(Failure.Code.EXPIRED))).startsWith("lost");
    }

    @Test
    void findsALostMessage() {
        accept(0);
        assertThat(ledger.missing(host -> false)).singleElement().asString().startsWith("lost");
    }

    @Test
    void findsAReadThatNobodyDid() {
        accept(0);
        assertThat(show(0, Event.Order.IN_ORDER)).isNull();
        assertThat(progress(0, Stage.READ, null)).startsWith("read");
    }

    private void accept(int number) {
        assertThat(ledger.onSend(ALICE, 1, BOB, id(number), "" + number, 0)).isNull();
        Event.Accepted event = new Event.Accepted(
                new UserId(KEY), new ConversationId(KEY), id(number), 0, new Content.Text("" + number));
        assertThat(ledger.onAccepted(ALICE, event)).isNull();
    }

    private String show(int number, Event.Order order) {
        Event.Received event = new Event.Received(
                new UserId(KEY),
                new PeerId(KEY),
                new ConversationId(KEY),
                id(number),
                number + 1,
                0,
                order,
                new Content.Text("" + number));
        return ledger.onReceived(BOB, ALICE, event, nowMillis, false);
    }

    private String progress(int number, Stage stage, Failure cause) {
        Event.Progress event = new Event.Progress(new UserId(KEY), id(number), stage, null, cause, 0);
        return ledger.onProgress(ALICE, event, 0, false, (host, id) -> false);
    }

    private static MessageId id(int number) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) number;
        return new MessageId(Bytes.wrap(bytes));
    }
}
