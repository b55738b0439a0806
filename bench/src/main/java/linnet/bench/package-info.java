/** Benchmarks and the developers' verbs. */
@NullMarked
package linnet.bench;

import org.jspecify.annotations.NullMarked;
