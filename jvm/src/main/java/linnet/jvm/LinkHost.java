package linnet.jvm;

import java.util.function.BiConsumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.LinkConfig;
import linnet.core.link.LinkPool;
import linnet.core.link.Links;
import linnet.jvm.websocket.WebSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links over real sockets with no node above them and nothing on disk: a thread, sockets, and one {@link LinkPool} for each identity. It
 * is how a link is measured by itself.
 */
public final class LinkHost implements AutoCloseable {
    private static final long STOP_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger("linnet.jvm");

    private final Loop loop = new Loop(new Inputs());
    private final WebSockets sockets;
    private final JvmHost host;
    private final Crypto crypto = new JdkCrypto();
    private final int port;

    /** The pool that answers whoever dials; on the loop's thread. */
    private @Nullable LinkPool answering;

    /** Somebody on these links: its name, and what it may do on the host's thread. */
    public record Member(PeerId peer, Links links) {}

    /** Opens the sockets of a host without members. */
    public LinkHost(JvmConfig config) {
        sockets = new WebSockets(config, loop.thread(), loop::hear);
        port = sockets.listen(this::incoming);
        host = new JvmHost(loop, new NoStore(), sockets, Datagrams.NONE);
        sockets.takeIn();
    }

    /** Adds a fresh identity with links of its own. On the host's thread. The first one answers whoever dials. */
    public Member join(LinkConfig config, Links.Handler handler) {
        Identity identity = Identity.create(crypto);
        LinkPool pool = new LinkPool(identity, config, host, crypto, host, handler, 1);
        if (answering == null) answering = pool;
        return new Member(Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed())), pool);
    }

    /** Runs an input on the host's thread, which is the only one that members may be used on. */
    public void run(Runnable input) {
        loop.post(input);
    }

    /** Returns where this host can be dialled. */
    public Endpoint endpoint() {
        return new Endpoint("ws://127.0.0.1:" + port + JvmConfig.PATH);
    }

    /** Says goodbye on every link and closes. */
    @Override
    public void close() {
        loop.post(() -> host.end(new Failure(Failure.Code.STOPPING)));
        sockets.close();
        loop.stop();
        loop.join(STOP_MILLIS);
    }

    private Result<Channel.Listener> incoming(String remote) {
        LinkPool pool = answering;
        return pool == null ? new Result.No<>(new Failure(Failure.Code.NOT_LISTENING)) : pool.incoming(remote);
    }

    private static final class Inputs implements Loop.Owner {
        @Override
        public void onFinished() {}

        @Override
        public void onEscaped(Throwable error) {
            LOG.atError().setCause(error).log("input.dropped");
        }

        @Override
        public void onDied(Throwable error) {
            LOG.atError().setCause(error).log("loop.died");
        }
    }

    /** Links keep nothing. */
    private static final class NoStore implements Store {
        @Override
        public void put(String table, String key, @Nullable Bytes value) {
            throw nothing();
        }

        @Override
        public @Nullable Bytes get(String table, String key) {
            throw nothing();
        }

        @Override
        public void forEach(String table, BiConsumer<String, Bytes> visitor) {
            throw nothing();
        }

        @Override
        public void sync(Runnable durable) {
            throw nothing();
        }

        private static IllegalStateException nothing() {
            return new IllegalStateException("links without a node store nothing");
        }
    }
}
