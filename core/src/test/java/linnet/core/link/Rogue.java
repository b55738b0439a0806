package linnet.core.link;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.NoiseCipher;
import linnet.core.crypto.NoiseXX;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.wire.Batch;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Hello;
import linnet.core.wire.LinkCodec;
import linnet.core.wire.LinkFrame;

/**
 * The other side of a link by hand, with real keys, that may say anything at any step. Both as the one that dials and as the one
 * that is dialled.
 */
final class Rogue implements Channel.Listener {
    final Crypto crypto;
    final Identity identity;
    final PeerId peer;
    final boolean dials;

    /** What it says in clear, and under seal. Tests replace them. */
    Bytes versions = LinkCodec.encode(new Hello(1, 1, null));

    Bytes proved;

    /** How it spells each of its handshake messages, by their index. */
    Spelling spelling = (index, message) -> message;

    /** Whether it says anything at all, and whether it confirms as the side that was dialled. */
    boolean isMute;

    /** What it heard after the handshake, and why the channel was closed. */
    final List<Frame> frames = new ArrayList<>();

    final List<Code> closed = new ArrayList<>();

    private Bytes prologue = Bytes.utf8("linnetmem");
    private NoiseXX noise;
    private NoiseCipher sender;
    private NoiseCipher receiver;
    private Channel channel;
    private int said;

    interface Spelling {
        Bytes of(int index, Bytes message);
    }

    Rogue(long seed, boolean dials) {
        this.crypto = Station.seeded(seed);
        this.identity = Identity.create(crypto);
        this.dials = dials;
        this.peer = Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed()));
        this.proved = hello(Station.NETWORK, identity, 1);
    }

    Bytes hello(NetworkId network, Identity who, long incarnation) {
        return LinkCodec.encode(new Hello(1, 1, Hello.Proof.sign(crypto, who, network, incarnation, 0)));
    }

    void speaksOver(String kind) {
        prologue = Bytes.utf8("linnet" + kind);
    }

    /** Dials a station. */
    Rogue dial(TestNet net, Station station) {
        return dial(net, station, "rogue");
    }

    Rogue dial(TestNet net, Station station, String address) {
        net.dial(address, station.endpoint(), this);
        return this;
    }

    /** Sends frames in one batch. */
    void say(Frame... frames) {
        Batch batch = new Batch();
        for (Frame frame : frames) batch.add(FrameCodec.encode(frame));
        sayPlain(batch.take());
    }

    /** Seals and sends any plaintext. */
    void sayPlain(Bytes plain) {
        sayRaw(sender.seal(plain));
    }

    /** Sends any bytes. */
    void sayRaw(Bytes bytes) {
        channel.send(bytes);
    }

    Bytes seal(Bytes plain) {
        return sender.seal(plain);
    }

    void close(Code code) {
        channel.close(new Failure(code));
    }

    boolean isLinked() {
        return sender != null;
    }

    /** Returns the reason in the Close frame that it heard. */
    Code closeFrame() {
        for (Frame frame : frames)
            if (frame instanceof LinkFrame.Close close) return close.why().code();
        throw new AssertionError("no Close frame among " + frames);
    }

    /** Returns why it was turned away, inside the link or before there was one. */
    Code turnedAway() {
        for (Frame frame : frames)
            if (frame instanceof LinkFrame.Close close) return close.why().code();
        return closed.get(0);
    }

    @Override
    public void onOpen(Channel channel) {
        this.channel = channel;
        Bytes secret = identity.linkSecret();
        noise = dials ? NoiseXX.initiator(crypto, secret, prologue) : NoiseXX.responder(crypto, secret, prologue);
        if (dials && !isMute) sayRaw(spelling.of(said++, noise.write(versions)));
    }

    @Override
    public void onBytes(Bytes bytes) {
        if (isMute) return;
        if (receiver != null) {
            for (Bytes frame : Batch.split(receiver.open(bytes))) frames.add(FrameCodec.decode(crypto, frame));
            return;
        }
        try {
            noise.read(bytes);
        } catch (ProtocolViolation violation) {
            // It cannot open what was sealed for another kind of channel; it goes on all the same.
            sayRaw(bytes);
            return;
        }
        if (noise.isMyTurn()) sayRaw(spelling.of(said++, noise.write(proved)));
        if (!noise.isDone()) return;
        sender = noise.cipherToSend();
        receiver = noise.cipherToReceive();
    }

    @Override
    public void onRoom() {}

    @Override
    public void onClosed(Failure why) {
        closed.add(why.code());
    }
}
