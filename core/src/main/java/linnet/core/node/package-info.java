/** One peer: {@link Node} is where the protocols are put together and decides nothing. */
@NullMarked
package linnet.core.node;

import org.jspecify.annotations.NullMarked;
