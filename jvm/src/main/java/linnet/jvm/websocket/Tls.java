package linnet.jvm.websocket;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import linnet.jvm.JvmConfig;
import org.jspecify.annotations.Nullable;

/**
 * TLS of {@code wss}. It hides the traffic and passes proxies; who a peer is comes from the link's own handshake inside,
 * so a client that trusts any certificate loses privacy of the connection, never the identity of the peer.
 */
final class Tls {
    private final @Nullable SslContext server;
    private final JvmConfig.Trust trust;
    private @Nullable SslContext client;

    Tls(JvmConfig.@Nullable ServerTls key, JvmConfig.Trust trust) {
        this.trust = trust;
        server = key == null ? null : read(key);
    }

    @Nullable
    SslContext server() {
        return server;
    }

    /** Returns the context of dials, made when it is needed: reading the system's certificates takes a tenth of a second. */
    synchronized SslContext client() {
        if (client != null) return client;
        SslContextBuilder builder = SslContextBuilder.forClient();
        Path authorities = trust.authorities();
        try {
            if (trust.insecure())
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
            else if (authorities != null) builder.trustManager(authorities.toFile());
            client = builder.build();
            return client;
        } catch (SSLException | IllegalArgumentException e) {
            throw new HostException(
                    Kind.TLS_UNUSABLE, "The certificates in " + authorities + " cannot be used: " + e, e);
        }
    }

    private static SslContext read(JvmConfig.ServerTls key) {
        try {
            return SslContextBuilder.forServer(
                            key.certificate().toFile(), key.key().toFile())
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new HostException(
                    Kind.TLS_UNUSABLE,
                    "The certificate " + key.certificate() + " with the key " + key.key() + " cannot be used: " + e,
                    e);
        }
    }
}
