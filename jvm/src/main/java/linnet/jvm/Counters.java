package linnet.jvm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.Transport;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import linnet.core.node.Tap;
import linnet.core.wire.Frame;

/** Counts what passes between a core and its world, through all its lives. On the loop's thread. */
final class Counters implements Tap {
    private final Flow sent = new Flow();
    private final Flow received = new Flow();
    private final Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    private final Map<Failure.Code, Long> downs = new EnumMap<>(Failure.Code.class);
    private final Map<Failure.Code, Long> broken = new EnumMap<>(Failure.Code.class);
    private long accepted;
    private long shown;
    private long ups;
    private long dialled;
    private long taken;
    private long lives;

    /** What goes one way. */
    static final class Flow {
        private long frames;
        private long records;
        private long bytes;

        private void add(Bytes message) {
            records++;
            bytes += message.length();
        }

        NodeMetrics.Traffic traffic() {
            return new NodeMetrics.Traffic(frames, records, bytes);
        }
    }

    /** Returns what was counted of messages, and how it stands. */
    NodeMetrics.Messages messages(Node node) {
        List<ContactView> contacts = node.contacts();
        long waiting = 0;
        int reached = 0;
        for (ContactView contact : contacts) {
            waiting += contact.waiting();
            if (contact.reach() != Event.Reach.OFFLINE) reached++;
        }
        return new NodeMetrics.Messages(accepted, shown, stages, waiting, contacts.size(), reached);
    }

    /** Returns what was counted of links, and how it stands. */
    NodeMetrics.Links links(Node node) {
        int upDialled = 0;
        List<PeerId> linked = node.linked();
        for (PeerId peer : linked) {
            LinkView link = node.link(peer);
            if (link != null && link.dialledHere()) upDialled++;
        }
        return new NodeMetrics.Links(
                upDialled,
                linked.size() - upDialled,
                dialled,
                taken,
                ups,
                downs,
                broken,
                sent.traffic(),
                received.traffic());
    }

    long lives() {
        return lives;
    }

    /** A core begins. */
    void onLife() {
        lives++;
    }

    /** Counts an event that the core tells. */
    void on(Event event) {
        if (event instanceof Event.Accepted) accepted++;
        else if (event instanceof Event.Received) shown++;
        else if (event instanceof Event.Progress step) stages.merge(step.stage(), 1L, Long::sum);
    }

    @Override
    public void onUp(PeerId peer) {
        ups++;
    }

    @Override
    public void onDown(PeerId peer, Failure why) {
        downs.merge(why.code(), 1L, Long::sum);
    }

    @Override
    public void onSend(PeerId to, Frame frame) {
        sent.frames++;
    }

    @Override
    public void onReceive(PeerId from, Frame frame, Consumer<Frame> next) {
        received.frames++;
        next.accept(frame);
    }

    /** Returns a transport whose channels are counted. */
    Transport dialling(Transport transport) {
        return new CountedTransport(transport);
    }

    /** Returns a listener to a channel that another host opened, which is counted. */
    Channel.Listener taking(Channel.Listener listener) {
        taken++;
        return new CountedListener(listener);
    }

    private final class CountedTransport implements Transport {
        private final Transport real;

        CountedTransport(Transport real) {
            this.real = real;
        }

        @Override
        public String kind() {
            return real.kind();
        }

        @Override
        public boolean canDial(Endpoint endpoint) {
            return real.canDial(endpoint);
        }

        @Override
        public Datagrams datagrams() {
            return real.datagrams();
        }

        @Override
        public void dial(Endpoint endpoint, Channel.Listener listener) {
            dialled++;
            real.dial(endpoint, new CountedListener(listener));
        }
    }

    private final class CountedListener implements Channel.Listener {
        private final Channel.Listener real;

        CountedListener(Channel.Listener real) {
            this.real = real;
        }

        @Override
        public void onOpen(Channel channel) {
            real.onOpen(new CountedChannel(channel));
        }

        @Override
        public void onBytes(Bytes bytes) {
            received.add(bytes);
            real.onBytes(bytes);
        }

        @Override
        public void onRoom() {
            real.onRoom();
        }

        @Override
        public void onClosed(Failure why) {
            broken.merge(why.code(), 1L, Long::sum);
            real.onClosed(why);
        }
    }

    private final class CountedChannel implements Channel {
        private final Channel real;

        CountedChannel(Channel real) {
            this.real = real;
        }

        @Override
        public boolean send(Bytes bytes) {
            if (!real.send(bytes)) return false;
            sent.add(bytes);
            return true;
        }

        @Override
        public int queuedBytes() {
            return real.queuedBytes();
        }

        @Override
        public void close(Failure why) {
            real.close(why);
        }
    }
}
