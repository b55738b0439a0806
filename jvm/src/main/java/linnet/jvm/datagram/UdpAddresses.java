package linnet.jvm.datagram;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.id.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * {@code udp://192.0.2.1:7071} and {@code udp://[2001:db8::1]:7071} as sockets name them, and back. Addresses only: finding what a host
 * name means takes time, which one packet has not. What was translated is remembered, since a node talks to the same few hundred again
 * and again.
 */
final class UdpAddresses {
    private static final String SCHEME = "udp://";
    private static final int PORT_MAX = 65_535;

    /** Translations remembered in each direction, 200 B each. */
    private static final int REMEMBERED_MAX = 1_024;

    private final Map<Endpoint, InetSocketAddress> addresses = new Remembered<>();
    private final Map<InetSocketAddress, Endpoint> endpoints = new Remembered<>();

    /** Returns the address, or null if packets cannot be sent to such an endpoint. */
    @Nullable
    InetSocketAddress of(Endpoint endpoint) {
        if (!endpoint.uri().startsWith(SCHEME)) return null;
        InetSocketAddress known = addresses.get(endpoint);
        if (known != null) return known;
        InetSocketAddress parsed = parse(endpoint.uri());
        if (parsed != null) addresses.put(endpoint, parsed);
        return parsed;
    }

    /** Returns the endpoint of an address. */
    Endpoint of(InetSocketAddress address) {
        Endpoint known = endpoints.get(address);
        if (known != null) return known;
        Endpoint made = endpoint(address.getAddress(), address.getPort());
        endpoints.put(address, made);
        return made;
    }

    static Endpoint endpoint(InetAddress address, int port) {
        String text = NetUtil.toAddressString(address);
        return new Endpoint(SCHEME + (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port);
    }

    static boolean isAddress(String uri) {
        return uri.startsWith(SCHEME) && parse(uri) != null;
    }

    private static @Nullable InetSocketAddress parse(String uri) {
        int colon = uri.lastIndexOf(':');
        String host = colon < SCHEME.length() ? "" : uri.substring(SCHEME.length(), colon);
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        InetAddress address = host.isEmpty() ? null : NetUtil.createInetAddressFromIpAddressString(host);
        int port = port(uri.substring(colon + 1));
        if (address == null || port < 1 || address.isAnyLocalAddress() || address.isMulticastAddress()) return null;
        return new InetSocketAddress(address, port);
    }

    private static int port(String digits) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || port > PORT_MAX) return 0;
            port = port * 10 + digit;
        }
        return port > PORT_MAX ? 0 : port;
    }

    /** Forgets what was not used for longest. */
    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED_MAX;
        }
    }
}
