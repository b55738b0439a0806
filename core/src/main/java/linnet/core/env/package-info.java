/** The world as a node sees it: {@link Env}, {@link Store}, {@link Transport}, {@link Channel}. Hosts implement these once. */
@NullMarked
package linnet.core.env;

import org.jspecify.annotations.NullMarked;
