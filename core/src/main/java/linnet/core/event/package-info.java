/** What a node tells its application: {@link linnet.core.event.Event}. */
@NullMarked
package linnet.core.event;

import org.jspecify.annotations.NullMarked;
