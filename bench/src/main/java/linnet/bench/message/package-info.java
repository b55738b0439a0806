/** {@code linnet bench message}: {@link linnet.bench.message.MessageBench}. */
@NullMarked
package linnet.bench.message;

import org.jspecify.annotations.NullMarked;
