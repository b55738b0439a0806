package linnet.core.node;

import java.util.List;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A contact as people see it.
 *
 * @param user the person
 * @param name what they call themself
 * @param state where the contact stands
 * @param verified whether the safety number was compared
 * @param devices their devices
 * @param reach whether one of them is reached now
 * @param reachSinceWallMillis since when, by the wall clock of the moment; 0 while this life of the node has not seen it
 * @param learned where it was learned
 * @param waiting own messages that are not delivered yet
 * @param cause why they wait, if they do; why this person refused, if they did
 * @param nextTryWallMillis when they are tried again; 0 when nothing is planned
 */
public record ContactView(
        UserId user,
        String name,
        Event.ContactState state,
        boolean verified,
        List<PeerId> devices,
        Event.Reach reach,
        long reachSinceWallMillis,
        Learned learned,
        int waiting,
        @Nullable Failure cause,
        long nextTryWallMillis) {

    /**
     * Where a person's reach was learned.
     *
     * @param how where
     * @param address the address that was dialled or that the peer dialled from; null if none is known
     * @param why why they cannot be reached, when they cannot
     */
    public record Learned(
            How how, @Nullable String address, @Nullable Failure why) {}

    /** Where it was learned. Nothing is kept over a restart: what an earlier life saw may be long wrong. */
    public enum How {
        /** From a link: it is up, or it ended. */
        LINK,
        /** From dials that failed. */
        DIAL,
        /** Nowhere yet. */
        NEVER
    }
}
