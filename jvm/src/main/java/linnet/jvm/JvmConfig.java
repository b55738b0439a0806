package linnet.jvm;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import linnet.core.id.Endpoint;
import linnet.core.node.NodeConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a node on a JVM is told at the start.
 *
 * @param node what the core is told
 * @param bindAddress the address to listen at; {@code 0.0.0.0} is every one of this machine
 * @param port the port to listen at, 0 to 65,535; 0 takes any free one
 * @param advertise where others can dial this node, best first, at most 8; empty: found from the interfaces
 * @param serverTls the key for {@code wss}; null listens with {@code ws}
 * @param trust whom {@code wss} clients trust to own a host name (who a peer is comes from the link's own handshake)
 * @param connectionsMax connections taken in at the same time, from 1
 * @param connectionsPerAddressMax of these, from one remote address, from 1
 * @param datagrams whether questions travel in packets too, over UDP at the same port
 */
public record JvmConfig(
        NodeConfig node,
        String bindAddress,
        int port,
        List<Endpoint> advertise,
        @Nullable ServerTls serverTls,
        Trust trust,
        int connectionsMax,
        int connectionsPerAddressMax,
        boolean datagrams) {
    /** Most advertised endpoints: as many as a bundle holds. */
    public static final int ADVERTISE_MAX = 8;

    /** Where peers connect, on every port: the rest is for people. */
    public static final String PATH = "/linnet";

    private static final int PORT_MAX = 65_535;

    /**
     * Default of {@code connectionsMax}: with 192 KiB of unread input each, what strangers can make a node hold is 96 MiB.
     */
    private static final int CONNECTIONS_MAX = 512;

    /** Default of {@code connectionsPerAddressMax}: a school behind one address fits, and one address cannot take every place. */
    private static final int CONNECTIONS_PER_ADDRESS_MAX = 128;

    /** Checks the ranges. */
    public JvmConfig {
        if (port < 0 || port > PORT_MAX) throw new IllegalArgumentException("port out of 0..65535: " + port);
        if (advertise.size() > ADVERTISE_MAX)
            throw new IllegalArgumentException(
                    "more than " + ADVERTISE_MAX + " advertised endpoints: " + advertise.size());
        if (connectionsMax < 1) throw new IllegalArgumentException("connectionsMax: " + connectionsMax);
        if (connectionsPerAddressMax < 1)
            throw new IllegalArgumentException("connectionsPerAddressMax: " + connectionsPerAddressMax);
        advertise = List.copyOf(advertise);
    }

    /** Returns what is dialled for an endpoint, with the path where nodes listen when it names none; null when a JVM cannot dial it. */
    public static @Nullable URI dialled(Endpoint endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint.uri());
        } catch (IllegalArgumentException e) {
            return null;
        }
        boolean known = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
        if (!known || uri.getHost() == null || uri.getUserInfo() != null || uri.getPort() > PORT_MAX) return null;
        String path = uri.getRawPath();
        return path.isEmpty() || path.equals("/") ? uri.resolve(PATH) : uri;
    }

    /** Returns the defaults: every address, any free port. */
    public static JvmConfig defaults() {
        return new JvmConfig(
                NodeConfig.defaults(),
                "0.0.0.0",
                0,
                List.of(),
                null,
                new Trust(null, false),
                CONNECTIONS_MAX,
                CONNECTIONS_PER_ADDRESS_MAX,
                true);
    }

    /** Returns a copy with another configuration of the core. */
    public JvmConfig withNode(NodeConfig other) {
        return new JvmConfig(
                other,
                bindAddress,
                port,
                advertise,
                serverTls,
                trust,
                connectionsMax,
                connectionsPerAddressMax,
                datagrams);
    }

    /** Returns a copy that listens elsewhere. */
    public JvmConfig withBind(String otherAddress, int otherPort) {
        return new JvmConfig(
                node,
                otherAddress,
                otherPort,
                advertise,
                serverTls,
                trust,
                connectionsMax,
                connectionsPerAddressMax,
                datagrams);
    }

    /** Returns a copy that advertises these endpoints. */
    public JvmConfig withAdvertise(List<Endpoint> others) {
        return new JvmConfig(
                node, bindAddress, port, others, serverTls, trust, connectionsMax, connectionsPerAddressMax, datagrams);
    }

    /** Returns a copy with other TLS settings. */
    public JvmConfig withTls(@Nullable ServerTls otherServer, Trust otherTrust) {
        return new JvmConfig(
                node,
                bindAddress,
                port,
                advertise,
                otherServer,
                otherTrust,
                connectionsMax,
                connectionsPerAddressMax,
                datagrams);
    }

    /** Returns a copy with other limits. */
    public JvmConfig withConnections(int max, int perAddressMax) {
        return new JvmConfig(node, bindAddress, port, advertise, serverTls, trust, max, perAddressMax, datagrams);
    }

    /** Returns a copy with packets, or with links only. */
    public JvmConfig withDatagrams(boolean whether) {
        return new JvmConfig(
                node,
                bindAddress,
                port,
                advertise,
                serverTls,
                trust,
                connectionsMax,
                connectionsPerAddressMax,
                whether);
    }

    /**
     * The key of a {@code wss} listener.
     *
     * @param certificate PEM file with the certificate chain
     * @param key PEM file with the private key (PKCS #8)
     */
    public record ServerTls(Path certificate, Path key) {}

    /**
     * Whom a {@code wss} client trusts.
     *
     * @param authorities PEM file with certificates that are trusted instead of the system's; null: the system's
     * @param insecure whether any certificate and host name is taken
     */
    public record Trust(@Nullable Path authorities, boolean insecure) {}
}
