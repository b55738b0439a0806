package linnet.jvm;

import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.ConversationId;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/**
 * One line of a conversation, as it stands now.
 *
 * @param number its place among everything this node has shown or taken in, from 1
 * @param id the message
 * @param in the conversation
 * @param with the other person
 * @param own whether this person wrote it
 * @param device the device that sent it; null for own messages
 * @param sentWallMillis the sender's clock
 * @param order where a received message stands among those of its sender; IN_ORDER for own ones
 * @param content what was said
 * @param stage how far an own message is; DELIVERED or READ for received ones
 * @param at the peer that has an own message, when somebody has
 * @param cause why it does not go on, or why it failed
 * @param nextTryWallMillis when it is tried again; 0 when nothing is planned
 * @param path how it travelled: {@code direct}; empty while it has not
 */
public record HistoryMessage(
        long number,
        MessageId id,
        ConversationId in,
        UserId with,
        boolean own,
        @Nullable PeerId device,
        long sentWallMillis,
        Event.Order order,
        Content content,
        Stage stage,
        @Nullable PeerId at,
        @Nullable Failure cause,
        long nextTryWallMillis,
        String path) {}
