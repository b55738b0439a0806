package linnet.jvm;

import java.util.List;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import org.jspecify.annotations.Nullable;

/** What people have said, as it is on the disk. Every question takes as long as its answer, however long the history is. */
public interface History {
    /**
     * Returns the newest {@code limit} messages with a person that come before {@code beforeNumber}, oldest first.
     *
     * @param beforeNumber a {@link HistoryMessage#number}; {@link Long#MAX_VALUE} for the newest
     */
    List<HistoryMessage> history(UserId with, long beforeNumber, int limit);

    /**
     * Returns the oldest {@code limit} messages with a person that come after {@code afterNumber}, oldest first.
     *
     * @param afterNumber a {@link HistoryMessage#number}; 0 for the oldest
     */
    List<HistoryMessage> historyAfter(UserId with, long afterNumber, int limit);

    /** Returns the oldest {@code limit} received messages of everybody after a number that this person has not seen, oldest first. */
    List<HistoryMessage> unread(long afterNumber, int limit);

    /**
     * Returns at most {@code limit} conversations, that with the newest message first.
     *
     * @param beforeNumber the {@link HistoryMessage#number} of the newest message of the last one known; {@link Long#MAX_VALUE} for the
     *     first
     */
    List<Conversation> conversations(long beforeNumber, int limit);

    /** Returns a message that this person wrote to {@code to}, or null: no contact can put one of the same id in its place. */
    @Nullable
    HistoryMessage ownMessage(UserId to, MessageId id);

    /** Returns one message, or null if it is not known; an own one if a hostile contact has used its id. */
    @Nullable
    HistoryMessage message(MessageId id);
}
