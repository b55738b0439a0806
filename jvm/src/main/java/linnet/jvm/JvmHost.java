package linnet.jvm;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import linnet.core.env.Chance;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Log;
import linnet.core.env.Store;
import linnet.core.env.Timer;
import linnet.core.env.Transport;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.jvm.websocket.WebSockets;
import org.jspecify.annotations.Nullable;

/**
 * The world of one life of the core: everything that the core asks for, on the loop's thread. When the life is over, nothing
 * that it has asked for comes back: timers, sync callbacks and channels of an earlier life never reach a later one.
 */
final class JvmHost implements Env, Transport {
    private final Loop loop;
    private final WebSockets sockets;
    private final Datagrams packets;
    private final LifeStore store;
    private final Log log = new NodeLog();
    private final TreeMap<String, Chance> chances = new TreeMap<>();
    private final long seed = new SecureRandom().nextLong();
    private boolean over;
    private @Nullable String remote;

    JvmHost(Loop loop, Store store, WebSockets sockets, Datagrams packets) {
        this.loop = loop;
        this.store = new LifeStore(store);
        this.sockets = sockets;
        this.packets = packets;
    }

    @Override
    public long nowMillis() {
        return loop.nowMillis();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Chance chance(String component) {
        return chances.computeIfAbsent(component, name -> new Chance(seed ^ spread(name)));
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return loop.after(delay, () -> {
            if (!over) task.run();
        });
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public String kind() {
        return "ws";
    }

    @Override
    public boolean canDial(Endpoint endpoint) {
        return sockets.canDial(endpoint);
    }

    @Override
    public void dial(Endpoint endpoint, Channel.Listener listener) {
        sockets.dial(endpoint, new Ear(endpoint.uri(), listener));
    }

    @Override
    public Datagrams datagrams() {
        return packets;
    }

    /** Wraps whoever listens to a channel that was dialled from {@code address}. */
    Channel.Listener hearing(String address, Channel.Listener listener) {
        return new Ear(address, listener);
    }

    /** Returns the other end of the channel whose message is the current input, then forgets it. */
    @Nullable
    String takeRemote() {
        String taken = remote;
        remote = null;
        return taken;
    }

    /** Ends this life and closes its channels. */
    void end(Failure why) {
        over = true;
        sockets.closeAll(why);
    }

    private static long spread(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        return hash;
    }

    /** Notes which channel an input came from, and keeps a channel of an ended life silent. Called on the loop's thread. */
    private final class Ear implements Channel.Listener {
        private final String address;
        private final Channel.Listener listener;

        Ear(String address, Channel.Listener listener) {
            this.address = address;
            this.listener = listener;
        }

        @Override
        public void onOpen(Channel opened) {
            if (over) opened.close(new Failure(Failure.Code.STOPPING));
            else listener.onOpen(opened);
        }

        @Override
        public void onBytes(Bytes bytes) {
            if (over) return;
            remote = address;
            boolean taken = false;
            try {
                listener.onBytes(bytes);
                taken = true;
            } finally {
                // Nobody takes the address of an input that is dropped, and the next input came from elsewhere.
                if (!taken) remote = null;
            }
        }

        @Override
        public void onRoom() {
            if (!over) listener.onRoom();
        }

        @Override
        public void onClosed(Failure why) {
            if (!over) listener.onClosed(why);
        }
    }

    /** The store as one life sees it. */
    private final class LifeStore implements Store {
        private final Store all;

        LifeStore(Store all) {
            this.all = all;
        }

        @Override
        public void put(String table, String key, @Nullable Bytes value) {
            all.put(table, key, value);
        }

        @Override
        public @Nullable Bytes get(String table, String key) {
            return all.get(table, key);
        }

        @Override
        public void forEach(String table, BiConsumer<String, Bytes> visitor) {
            all.forEach(table, visitor);
        }

        @Override
        public void sync(Runnable durable) {
            all.sync(() -> {
                if (!over) durable.run();
            });
        }
    }
}
