/**
 * Networks of up to 100,000 peers in one thread: each runs the real {@code linnet.core.dht.Dht}, and questions travel as objects whose
 * exact sizes are counted. {@link linnet.sim.dht.DhtWorld} is the world, {@link linnet.sim.dht.DhtHost} one peer's part of it;
 * each scenario prints the figures of one question about the network.
 */
@NullMarked
package linnet.sim.dht;

import org.jspecify.annotations.NullMarked;
