/** {@code linnet bench start}: {@link linnet.bench.start.StartBench}. */
@NullMarked
package linnet.bench.start;

import org.jspecify.annotations.NullMarked;
