/**
 * Two real nodes, killed again and again while one writes to the other. {@link linnet.bench.crash.Crashtest} is the verb, {@link
 * linnet.bench.crash.Ledger} the judge, which stands outside of both.
 */
@NullMarked
package linnet.bench.crash;

import org.jspecify.annotations.NullMarked;
