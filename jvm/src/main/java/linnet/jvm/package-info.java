/** The JVM host: what the core asks of its surroundings, on sockets and a disk. */
@NullMarked
package linnet.jvm;

import org.jspecify.annotations.NullMarked;
