package linnet.core.route;

import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What this node saw last of whether a peer can be reached. Nothing is kept over a restart: what an earlier life saw may be long wrong.
 *
 * @param isUp whether a link is up
 * @param sinceWallMillis since when, by the wall clock of the moment; 0 if nothing was seen
 * @param how where that was learned
 * @param address the address that was dialled or that the peer dialled from; null if none is known
 * @param why why it cannot be reached, when it cannot
 */
public record Sighting(
        boolean isUp,
        long sinceWallMillis,
        How how,
        @Nullable String address,
        @Nullable Failure why) {
    /** Nothing was seen in this life of the node. */
    public static final Sighting NONE = new Sighting(false, 0, How.NEVER, null, null);

    /** Where it was learned. */
    public enum How {
        /** From a link: it is up, or it ended. */
        LINK,
        /** From dials that failed. */
        DIAL,
        /** Nowhere yet. */
        NEVER
    }
}
