/** One record per message and the codec; {@code core/src/main/proto} is the specification. What comes out of here is right. */
@NullMarked
package linnet.core.wire;

import org.jspecify.annotations.NullMarked;
