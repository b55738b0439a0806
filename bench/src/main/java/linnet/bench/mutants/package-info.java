/**
 * Does the simulator find the bugs that matter? {@link linnet.bench.mutants.Mutant} is one planted bug, {@link
 * linnet.bench.mutants.MutantLoader} a world in which it is real.
 */
@NullMarked
package linnet.bench.mutants;

import org.jspecify.annotations.NullMarked;
