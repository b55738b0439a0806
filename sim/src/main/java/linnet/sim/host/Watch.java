package linnet.sim.host;

import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.wire.Frame;
import org.jspecify.annotations.Nullable;

/** Sees from outside what hosts do; the ledger, the invariants and the named states stand on it. */
public interface Watch {
    /** An event left the host: the batch it belongs to is durable. */
    void onEvent(SimHost host, Event event);

    /** The core logged something. */
    void onLog(SimHost host, String name, Object[] keysAndValues);

    /** A protocol gave a frame to a link. */
    void onSend(SimHost host, PeerId to, Frame frame);

    /** A link gave a frame to a protocol. */
    void onReceive(SimHost host, PeerId from, Frame frame);

    /** The core wrote a row; null deletes it. */
    void onPut(SimHost host, String table, @Nullable Bytes value);

    /** A rule was broken that the host itself can see, such as an exception that escaped the core. */
    void onBroken(SimHost host, String rule, String what);

    /** Something worth a name happened to the host or its channels. */
    void onHappening(SimHost host, Happening what);

    /** An input is finished. */
    void onInputDone(SimHost host);
}
