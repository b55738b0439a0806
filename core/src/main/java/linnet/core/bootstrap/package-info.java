/**
 * Joining the network, and coming back to it: the first questions, the first links, and what to do when all are lost.
 *
 * <p>{@link linnet.core.bootstrap.Bootstrap} is the protocol; {@code Attempts} and {@code DialPace} are its mechanisms (SPEC D8, R1 to R4;
 * seed 002, requirements 1, 7 and 8).
 */
@NullMarked
package linnet.core.bootstrap;

import org.jspecify.annotations.NullMarked;
