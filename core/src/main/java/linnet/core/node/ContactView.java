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
 * @param waiting own messages that are not delivered yet
 * @param cause why they wait, if they do
 * @param nextTryWallMillis when they are tried again; 0 when nothing is planned
 */
public record ContactView(
        UserId user,
        String name,
        Event.ContactState state,
        boolean verified,
        List<PeerId> devices,
        Event.Reach reach,
        int waiting,
        @Nullable Failure cause,
        long nextTryWallMillis) {}
