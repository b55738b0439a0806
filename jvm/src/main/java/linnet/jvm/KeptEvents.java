package linnet.jvm;

import java.util.List;

/** The events that the disk keeps. */
public interface KeptEvents {
    /** Returns at most {@code limit} kept events after a number, oldest first. */
    List<NumberedEvent> eventsAfter(long since, int limit);

    /** Returns the number of the newest event; 0 if there is none. */
    long lastEvent();
}
