/**
 * Kademlia: who is near a key, and what is kept there.
 *
 * <p>{@link linnet.core.dht.Dht} is the protocol; {@link linnet.core.dht.RoutingTable}, {@code Lookup} and {@code Shelf} are mechanisms
 * that know neither clock nor network. The text is docs/protocol/dht.md (SPEC D1 to D10; Maymounkov and Mazières 2002).
 */
@NullMarked
package linnet.core.dht;

import org.jspecify.annotations.NullMarked;
