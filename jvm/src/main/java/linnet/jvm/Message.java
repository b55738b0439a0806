package linnet.jvm;

import linnet.core.event.Event;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;

/**
 * A message of somebody else.
 *
 * @param id the message
 * @param from who wrote it
 * @param content what it says
 * @param sentWallMillis when, by the sender's clock, in milliseconds since 1970
 * @param order where it stands among those of its sender
 */
public record Message(MessageId id, UserId from, Content content, long sentWallMillis, Event.Order order) {
    /** Returns the words; empty for a content that only a newer program knows. */
    public String text() {
        return content instanceof Content.Text words ? words.text() : "";
    }
}
