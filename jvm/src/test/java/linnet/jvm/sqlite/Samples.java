package linnet.jvm.sqlite;

import java.util.HexFormat;
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

/** Events as a node would tell them, about one contact. */
final class Samples {
    static final UserId BOB = new UserId(new Key(1, 2, 3, 4, 5, 6, 7, 8));
    static final UserId CAROL = new UserId(new Key(3, 3, 3, 3, 3, 3, 3, 3));
    static final PeerId BOBS_DEVICE = new PeerId(new Key(8, 7, 6, 5, 4, 3, 2, 1));
    static final ConversationId TALK = new ConversationId(new Key(9, 9, 9, 9, 9, 9, 9, 9));

    private Samples() {}

    static MessageId id(int number) {
        return new MessageId(Bytes.wrap(HexFormat.of().parseHex(String.format("%032x", number))));
    }

    static Event received(int number, String text) {
        return received(BOB, number, text);
    }

    static Event received(UserId from, int number, String text) {
        return new Event.Received(
                from,
                BOBS_DEVICE,
                TALK,
                id(number),
                number,
                1_000 + number,
                Event.Order.IN_ORDER,
                new Content.Text(text));
    }

    static Event accepted(int number, String text) {
        return new Event.Accepted(BOB, TALK, id(number), 2_000 + number, new Content.Text(text));
    }

    static Event progress(int number, Stage stage) {
        PeerId at = stage == Stage.QUEUED || stage == Stage.FAILED ? null : BOBS_DEVICE;
        return new Event.Progress(BOB, id(number), stage, at, null, 0);
    }

    static Event waits(int number, Failure.Code cause, long nextTry) {
        return new Event.Progress(BOB, id(number), Stage.QUEUED, null, new Failure(cause), nextTry);
    }

    static Event up() {
        return new Event.Reached(BOBS_DEVICE, BOB, Event.Reach.DIRECT, null);
    }

    static Event down(Failure.Code why) {
        return new Event.Reached(BOBS_DEVICE, BOB, Event.Reach.OFFLINE, new Failure(why));
    }
}
