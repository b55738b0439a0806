package linnet.jvm;

import linnet.core.id.UserId;

/**
 * A conversation as a list shows it.
 *
 * @param with the other person
 * @param last the newest message
 * @param unread received messages that this person has not seen
 * @param readNumber {@link HistoryMessage#number} of the newest received message that they have seen; 0 if there is none
 */
public record Conversation(UserId with, HistoryMessage last, long unread, long readNumber) {}
