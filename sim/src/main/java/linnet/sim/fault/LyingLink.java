package linnet.sim.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.Identity;
import linnet.core.crypto.NoiseCipher;
import linnet.core.crypto.NoiseXX;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.wire.Batch;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Hello;
import linnet.core.wire.LinkCodec;
import linnet.sim.host.SimHost;
import org.jspecify.annotations.Nullable;

/** A link made by hand, of whose rules any may be broken: the initiator's side of the handshake, and whatever bytes after it. */
final class LyingLink implements Channel.Listener {
    private final SimHost host;
    private final NoiseXX noise;
    private final Hello versions;
    private final Hello proved;
    private final Consumer<Frame> onFrame;
    private final List<Bytes> waiting = new ArrayList<>();
    private boolean isDeaf;
    private @Nullable Channel channel;
    private @Nullable NoiseCipher sender;
    private @Nullable NoiseCipher receiver;

    /** Creates a link that has not been dialled. */
    LyingLink(SimHost host, Identity identity, int version, Hello.Proof proof, Consumer<Frame> onFrame) {
        this.host = host;
        this.noise = NoiseXX.initiator(host.crypto(), identity.linkSecret(), Bytes.utf8("linnet" + host.kind()));
        this.versions = new Hello(version, version, null);
        this.proved = new Hello(version, version, proof);
        this.onFrame = onFrame;
    }

    /** Reads nothing once the link is up. */
    void deafen() {
        isDeaf = true;
    }

    /** Sends a frame once the link is up. */
    void send(Frame frame) {
        sendEncoded(FrameCodec.encode(frame));
    }

    /** Sends bytes that claim to be a frame. */
    void sendEncoded(Bytes frame) {
        Batch batch = new Batch();
        if (batch.add(frame)) sendPlain(batch.take());
    }

    /** Sends bytes that claim to be a batch of frames. */
    void sendPlain(Bytes plain) {
        waiting.add(plain);
        flush();
    }

    void close() {
        if (channel != null) channel.close(new Failure(Failure.Code.STOPPING));
    }

    @Override
    public void onOpen(Channel opened) {
        channel = opened;
        opened.send(noise.write(LinkCodec.encode(versions)));
    }

    @Override
    public void onBytes(Bytes bytes) {
        try {
            if (receiver != null) {
                for (Bytes frame : Batch.split(receiver.open(bytes)))
                    onFrame.accept(FrameCodec.decode(host.crypto(), frame));
            } else {
                noise.read(bytes);
                Channel open = channel;
                if (open == null) return;
                open.send(noise.write(LinkCodec.encode(proved)));
                sender = noise.cipherToSend();
                receiver = noise.cipherToReceive();
                if (isDeaf) host.deafen(open);
                flush();
            }
        } catch (ProtocolViolation violation) {
            close();
        }
    }

    @Override
    public void onRoom() {
        flush();
    }

    @Override
    public void onClosed(Failure why) {
        channel = null;
    }

    private void flush() {
        NoiseCipher cipher = sender;
        Channel open = channel;
        if (cipher == null || open == null) return;
        // A message that the channel refuses is lost; nobody misses a lie.
        for (Bytes plain : waiting) open.send(cipher.seal(plain));
        waiting.clear();
    }
}
