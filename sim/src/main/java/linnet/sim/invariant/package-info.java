/**
 * Who judges a run from outside: {@link linnet.sim.invariant.Ledger} knows what was said and shown,
 * {@link linnet.sim.invariant.Sometimes} names what a good test must have met.
 */
@NullMarked
package linnet.sim.invariant;

import org.jspecify.annotations.NullMarked;
