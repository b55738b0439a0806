/**
 * How it gets there: the ladder of ways to a peer.
 *
 * <p>{@link linnet.core.route.Finder} climbs it and answers with a {@link linnet.core.route.Route}, or with the reason that each
 * {@link linnet.core.route.Rung} gave. Two rungs stand so far; the others of SPEC decision 4 join above them.
 */
@NullMarked
package linnet.core.route;

import org.jspecify.annotations.NullMarked;
