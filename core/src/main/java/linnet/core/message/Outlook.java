package linnet.core.message;

import java.util.List;
import java.util.TreeSet;
import linnet.core.env.Failure;
import linnet.core.id.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see of what waits for one person, on the lanes of all their devices.
 *
 * @param waiting own messages that are not delivered yet
 * @param cause why nothing leaves, or null when something does or nobody tried
 * @param nextTryWallMillis when they are tried again; 0 when nothing is planned
 */
public record Outlook(int waiting, @Nullable Failure cause, long nextTryWallMillis) {
    /**
     * Looks at the lanes.
     *
     * @param otherwise why what waits does not leave although a lane is free, or null
     */
    static Outlook of(List<Lane> lanes, @Nullable Failure otherwise) {
        TreeSet<MessageId> ids = new TreeSet<>();
        @Nullable Failure cause = null;
        boolean isFree = false;
        boolean isEmpty = true;
        long next = 0;
        for (Lane lane : lanes) {
            for (Waiting one : lane.waiting()) {
                isEmpty = false;
                if (one.isMessage()) ids.add(one.id);
            }
            isFree |= lane.cause() == null;
            cause = lane.cause();
            long its = lane.nextTryWallMillis();
            if (its > 0 && (next == 0 || its < next)) next = its;
        }
        if (isFree) cause = isEmpty ? null : otherwise;
        return new Outlook(ids.size(), cause, next);
    }
}
