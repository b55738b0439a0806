/** What goes wrong in a run, drawn per seed: {@link linnet.sim.fault.Faults} plans it, {@link linnet.sim.fault.Fault} names its kinds. */
@NullMarked
package linnet.sim.fault;

import org.jspecify.annotations.NullMarked;
