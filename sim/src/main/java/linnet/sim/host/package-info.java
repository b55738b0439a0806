/**
 * Hosts in virtual time: {@link linnet.sim.host.World} is the queue of what happens, {@link linnet.sim.host.SimHost} one host with
 * its disk, {@link linnet.sim.host.Network} what lies between them.
 */
@NullMarked
package linnet.sim.host;

import org.jspecify.annotations.NullMarked;
