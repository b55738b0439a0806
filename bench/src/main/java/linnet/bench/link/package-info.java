/** {@code linnet bench link}: {@link linnet.bench.link.LinkBench}. */
@NullMarked
package linnet.bench.link;

import org.jspecify.annotations.NullMarked;
