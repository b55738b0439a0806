package linnet.jvm.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.jvm.JvmConfig;
import org.jspecify.annotations.Nullable;

/** Sockets with a thread of their own in place of a node. */
final class Host implements AutoCloseable {
    private final EventLoop node = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
    private final LinkedBlockingQueue<Ear> came = new LinkedBlockingQueue<>();
    final WebSockets sockets;
    private final String scheme;
    private int port;
    volatile @Nullable Failure refusal;

    Host(JvmConfig config) {
        sockets = new WebSockets(config, node, this::hear);
        scheme = config.serverTls() == null ? "ws" : "wss";
    }

    static Host listening(JvmConfig config) {
        Host host = new Host(config.withBind("127.0.0.1", 0));
        host.port = host.sockets.listen(remote -> {
            Failure why = host.refusal;
            if (why != null) return new Result.No<>(why);
            Ear ear = new Ear();
            host.came.add(ear);
            return new Result.Ok<>(ear);
        });
        host.sockets.takeIn();
        return host;
    }

    private void hear(Runnable input) {
        if (node.inEventLoop()) input.run();
        else node.execute(input);
    }

    int port() {
        return port;
    }

    Endpoint endpoint() {
        return new Endpoint(scheme + "://localhost:" + port + JvmConfig.PATH);
    }

    Ear dial(Endpoint endpoint) {
        Ear ear = new Ear();
        onNode(() -> {
            sockets.dial(endpoint, ear);
            return true;
        });
        return ear;
    }

    /** Waits for the next connection that came in. */
    Ear accepted() {
        try {
            Ear ear = came.poll(20, TimeUnit.SECONDS);
            assertThat(ear).as("a connection within 20 s").isNotNull();
            assertThat(ear.next()).isEqualTo("open");
            return ear;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean send(Ear ear, Bytes bytes) {
        return onNode(() -> ear.channel.send(bytes));
    }

    void close(Ear ear, Failure why) {
        onNode(() -> {
            ear.channel.close(why);
            return true;
        });
    }

    /** Keeps the node's thread busy until the latch is released. */
    void block(CountDownLatch release) {
        node.execute(() -> {
            try {
                assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    <T> T onNode(Callable<T> task) {
        try {
            return node.submit(task).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        onNode(() -> {
            sockets.closeAll(new Failure(Failure.Code.STOPPING));
            return true;
        });
        sockets.close();
        node.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS);
    }
}
