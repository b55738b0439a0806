/** The simulator: many nodes, one thread, one seed. */
@NullMarked
package linnet.sim;

import org.jspecify.annotations.NullMarked;
