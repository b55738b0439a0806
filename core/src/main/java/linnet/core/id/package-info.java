/** Names of things: devices, people, messages, places. Values only; nothing here knows the time or the network. */
@NullMarked
package linnet.core.id;

import org.jspecify.annotations.NullMarked;
