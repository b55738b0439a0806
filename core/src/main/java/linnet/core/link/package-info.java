/** Authenticated links: {@link Links} is what protocols see, {@code LinkPool} the protocol, {@code Link} one of them. */
@NullMarked
package linnet.core.link;

import org.jspecify.annotations.NullMarked;
