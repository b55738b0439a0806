/** {@code linnet bench dht}: {@link linnet.bench.dht.DhtBench}, and {@link linnet.bench.dht.DhtNodes}, the process that it measures. */
@NullMarked
package linnet.bench.dht;

import org.jspecify.annotations.NullMarked;
