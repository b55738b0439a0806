/** Packets over UDP: {@link linnet.jvm.datagram.UdpSocket} is the host of {@link linnet.core.env.Datagrams} on a JVM. */
@NullMarked
package linnet.jvm.datagram;

import org.jspecify.annotations.NullMarked;
