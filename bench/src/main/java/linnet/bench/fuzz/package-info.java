/**
 * Coverage-guided fuzzing of everything that strangers can send. {@link linnet.bench.fuzz.Target} is one door, {@link
 * linnet.bench.fuzz.Fuzzed} what Jazzer calls, {@link linnet.bench.fuzz.Fuzz} the verb.
 */
@NullMarked
package linnet.bench.fuzz;

import org.jspecify.annotations.NullMarked;
