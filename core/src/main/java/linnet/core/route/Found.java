package linnet.core.route;

import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.Result;

/**
 * What came of looking for a peer.
 *
 * @param route the way, or the failure that says most about why there is none
 * @param misses why the rungs before it, or all of them, did not answer
 * @param tookMillis how long it took
 */
public record Found(Result<Route> route, List<Miss> misses, long tookMillis) {
    /** Fixes the list. */
    public Found {
        misses = List.copyOf(misses);
    }

    /**
     * A rung that did not answer.
     *
     * @param rung which
     * @param where the address, or nothing
     * @param why why not
     */
    public record Miss(Rung rung, String where, Failure why) {}
}
