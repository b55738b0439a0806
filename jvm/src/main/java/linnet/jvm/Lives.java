package linnet.jvm;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.UnaryOperator;
import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.jvm.HostException.Kind;
import linnet.jvm.sqlite.SqliteStore;
import linnet.jvm.websocket.WebSockets;
import org.jspecify.annotations.Nullable;

/**
 * The core from one start to its end, then from the next: at most one life at a time, all of them over the same store and
 * sockets. On the loop's thread.
 */
final class Lives {
    /** New lives after errors before the node is given up. */
    static final int LIVES_MAX = 5;

    private static final long LIVES_WITHIN_MILLIS = 600_000;

    private final Identity identity;
    private final Loop loop;
    private final SqliteStore store;
    private final WebSockets sockets;
    private final Datagrams packets;
    private final ArrayDeque<Long> began = new ArrayDeque<>();
    private volatile NodeConfig config;
    private final Counters counters = new Counters();
    private @Nullable Life life;

    private record Life(JvmHost host, Node node) {}

    Lives(Identity identity, NodeConfig config, Loop loop, SqliteStore store, WebSockets sockets, Datagrams packets) {
        this.identity = identity;
        this.config = config;
        this.loop = loop;
        this.store = store;
        this.sockets = sockets;
        this.packets = packets;
    }

    /** Returns the core, or null between two lives. */
    @Nullable
    Node node() {
        return life == null ? null : life.node();
    }

    /** Begins a life. */
    void begin(List<Endpoint> endpoints) {
        JvmHost host = new JvmHost(loop, store, sockets, packets);
        Node node = new Node(config, identity, host, new JdkCrypto(), counters.dialling(host), counters, this::tell);
        life = new Life(host, node);
        counters.onLife();
        node.start();
        node.listening(endpoints);
    }

    private void tell(Event event) {
        counters.on(event);
        store.emit(event);
    }

    /** Returns what the core was told; from any thread. */
    NodeConfig config() {
        return config;
    }

    /** Changes what later lives are told. */
    void configure(UnaryOperator<NodeConfig> change) {
        config = change.apply(config);
    }

    Counters counters() {
        return counters;
    }

    /** Ends a life in order: every link is told. */
    void end(Failure why) {
        Life ending = life;
        life = null;
        if (ending == null) return;
        try {
            ending.node().stop();
        } finally {
            ending.host().end(why);
        }
    }

    /** Returns who listens to a channel from {@code remote}, or why it is refused. */
    Result<Channel.Listener> incoming(String remote) {
        Life now = life;
        if (now == null) return new Result.No<>(new Failure(Code.STOPPING));
        Result<Channel.Listener> answer = now.node().incoming(remote);
        return answer instanceof Result.Ok<Channel.Listener> ok
                ? new Result.Ok<>(now.host().hearing(remote, counters.taking(ok.value())))
                : answer;
    }

    /** A packet came. */
    void packet(Endpoint from, Bytes packet) {
        if (life != null) life.node().onPacket(from, packet);
    }

    /** Returns the other end of the channel whose message is the current input, then forgets it. */
    @Nullable
    String takeRemote() {
        return life == null ? null : life.host().takeRemote();
    }

    /** Begins a life after an error, which cut the last one off; fails with STOPPED when there were too many. */
    void beginAgain(List<Endpoint> endpoints, Throwable error) {
        long now = loop.nowMillis();
        while (!began.isEmpty() && began.getFirst() < now - LIVES_WITHIN_MILLIS) began.removeFirst();
        began.addLast(now);
        if (began.size() > LIVES_MAX)
            throw new HostException(Kind.STOPPED, "The program fails again and again: " + error, error);
        Life ending = life;
        life = null;
        // Its core is not to be trusted any more: only its channels hear.
        if (ending != null) ending.host().end(new Failure(Code.INTERNAL));
        begin(endpoints);
    }
}
