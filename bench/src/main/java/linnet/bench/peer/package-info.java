/**
 * What is measured beside other systems: {@link linnet.bench.peer.BenchNode} answers the line protocol that all of them answer, and
 * {@link linnet.bench.peer.LimitNode} does the same with nothing in between but Netty and a cipher.
 */
@NullMarked
package linnet.bench.peer;

import org.jspecify.annotations.NullMarked;
