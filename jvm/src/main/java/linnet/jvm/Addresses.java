package linnet.jvm;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import linnet.core.id.Endpoint;
import linnet.jvm.datagram.UdpSocket;

/** Where others can dial this machine, as far as it can know by itself. */
final class Addresses {
    private Addresses() {}

    /**
     * Returns the endpoints to tell others: those of the configuration, or for each address that is listened at one for links and one for packets. The
     * loopback address only when there is no other: for everybody else it leads to themselves.
     *
     * @param udpPort 0 if packets are not heard
     */
    static List<Endpoint> endpoints(JvmConfig config, int port, int udpPort) {
        if (!config.advertise().isEmpty()) return config.advertise();
        String scheme = config.serverTls() == null ? "ws" : "wss";
        List<Endpoint> endpoints = new ArrayList<>();
        for (InetAddress address : addresses(config.bindAddress())) {
            if (endpoints.size() + (udpPort == 0 ? 1 : 2) > JvmConfig.ADVERTISE_MAX) break;
            endpoints.add(new Endpoint(scheme + "://" + host(address) + ":" + port + JvmConfig.PATH));
            if (udpPort != 0) endpoints.add(UdpSocket.endpoint(address, udpPort));
        }
        return endpoints;
    }

    private static List<InetAddress> addresses(String bindAddress) {
        try {
            InetAddress bound = InetAddress.getByName(bindAddress);
            if (!bound.isAnyLocalAddress()) return List.of(bound);
        } catch (UnknownHostException e) {
            throw new HostException(HostException.Kind.PORT_TAKEN, "There is no address " + bindAddress + " here.", e);
        }
        List<InetAddress> reachable = ofInterfaces();
        return reachable.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : reachable;
    }

    /** IPv4 first: what a household shares more often. */
    private static List<InetAddress> ofInterfaces() {
        List<InetAddress> four = new ArrayList<>();
        List<InetAddress> six = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!each.isUp() || each.isLoopback()) continue;
                for (InetAddress address : Collections.list(each.getInetAddresses())) {
                    if (address instanceof Inet4Address && !address.isLinkLocalAddress()) four.add(address);
                    if (address instanceof Inet6Address && !address.isLinkLocalAddress()) six.add(address);
                }
            }
        } catch (SocketException e) {
            // The interfaces cannot be listed; what is known by configuration has to do.
            return List.of();
        }
        four.addAll(six);
        return four;
    }

    private static String host(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return "[" + (scope < 0 ? text : text.substring(0, scope)) + "]";
    }
}
