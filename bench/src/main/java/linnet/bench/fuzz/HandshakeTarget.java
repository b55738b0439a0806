package linnet.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.NoiseXX;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.env.Result;
import linnet.core.env.Transport;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.link.LinkConfig;
import linnet.core.link.LinkPool;
import linnet.core.link.Links;
import linnet.core.wire.Batch;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Hello;
import linnet.core.wire.LinkCodec;
import linnet.core.wire.LinkFrame;

/**
 * What somebody says on a fresh channel to the links of a node, who dialled or was dialled. The input is a script:
 * <pre>
 * role, {step, length, length, bytes}
 * step 0  a channel message as it is                1  a payload in the next right message of the handshake
 * step 2  sealed under the keys of the link         3  time passes, a second for each byte
 * </pre>
 */
final class HandshakeTarget implements Target {
    private static final String KIND = "fuzz";
    private static final int STEPS_MAX = 16;
    private static final int HEAD_BYTES = 3;
    private static final int SECOND = 1_000;

    /** Both ends of the handshake live here, and each of up to 16 steps is copied, sealed, opened and answered. */
    private static final long ALLOCATED_BY_TEST = 512 * 1024;

    private final Crypto crypto = new QuickCrypto();
    private final NetworkId network = new NetworkId(Key.of(crypto.random(32)));
    private final Person alice = Person.create(crypto, "Alice");
    private final Person bob = Person.create(crypto, "Bob");

    @Override
    public List<Bytes> messages() {
        Bytes versions = LinkCodec.encode(new Hello(1, 1, null));
        Hello.Proof proof = Hello.Proof.sign(crypto, alice.identity(), network, 1, 0);
        Bytes proved = LinkCodec.encode(new Hello(1, 1, proof));
        Bytes ping = batch(new LinkFrame.Ping(1));
        Bytes close = batch(new LinkFrame.Close(new Failure(Failure.Code.STOPPING)));
        Bytes tenSeconds = Bytes.wrap(new byte[10]);
        return List.of(
                script(0, step(1, versions), step(1, proved), step(2, ping), step(3, tenSeconds), step(2, close)),
                script(1, step(1, proved), step(2, ping), step(3, tenSeconds), step(3, tenSeconds)),
                script(0, step(1, versions), step(0, proved), step(3, tenSeconds)));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        return raw ? new Meeting(false).raw(input) : new Meeting(isDialled(input)).play(input);
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BY_TEST + Target.super.allocatedBytesMax(inputBytes);
    }

    private static boolean isDialled(Bytes script) {
        return script.length() > 0 && (script.at(0) & 1) == 1;
    }

    private static Bytes script(int role, Bytes... steps) {
        List<Bytes> parts = new ArrayList<>(List.of(Bytes.wrap(new byte[] {(byte) role})));
        parts.addAll(List.of(steps));
        return Bytes.concat(parts.toArray(new Bytes[0]));
    }

    private static Bytes step(int kind, Bytes bytes) {
        int length = bytes.length();
        return Bytes.concat(Bytes.wrap(new byte[] {(byte) kind, (byte) (length >>> 8), (byte) length}), bytes);
    }

    private static Bytes batch(Frame frame) {
        Batch batch = new Batch();
        batch.add(FrameCodec.encode(frame));
        return batch.take();
    }

    /** The node's links at one end of a channel, and a stranger who follows a script at the other. */
    private final class Meeting implements Channel, Transport, Links.Handler {
        private final StillEnv env = new StillEnv();
        private final LinkPool links =
                new LinkPool(bob.identity(), LinkConfig.defaults(network), env, crypto, this, this, 1);
        private final NoiseXX noise;
        private Channel.Listener listener;
        private boolean closed;
        private boolean answered;

        /** @param dialled whether the node dialled the stranger */
        Meeting(boolean dialled) {
            Bytes prologue = Bytes.utf8("linnet" + KIND);
            Bytes secret = alice.identity().linkSecret();
            noise = dialled ? NoiseXX.responder(crypto, secret, prologue) : NoiseXX.initiator(crypto, secret, prologue);
            if (dialled) links.open(alice.peer(crypto), List.of(new Endpoint("fuzz:1")), why -> {});
            else listener = ((Result.Ok<Channel.Listener>) links.incoming("192.0.2.1")).value();
            listener.onOpen(this);
            answered = false;
        }

        /** Returns whether the node answered anything but a good-bye. */
        boolean raw(Bytes message) {
            listener.onBytes(message);
            return answered;
        }

        boolean play(Bytes script) {
            int at = 1;
            for (int step = 0; step < STEPS_MAX && !closed && script.length() - at >= HEAD_BYTES; step++) {
                int length = Math.min(script.at(at + 1) << 8 | script.at(at + 2), script.length() - at - HEAD_BYTES);
                play(script.at(at), script.slice(at + HEAD_BYTES, at + HEAD_BYTES + length));
                at += HEAD_BYTES + length;
            }
            links.stop();
            return answered;
        }

        private void play(int kind, Bytes bytes) {
            switch (kind & 3) {
                case 0 -> listener.onBytes(bytes);
                case 1 -> {
                    boolean fits = bytes.length() < NoiseXX.MESSAGE_BYTES_MAX / 2;
                    if (noise.isMyTurn() && fits) listener.onBytes(noise.write(bytes));
                }
                case 2 -> {
                    boolean fits = bytes.length() < MESSAGE_BYTES_MAX / 2;
                    if (noise.isDone() && fits)
                        listener.onBytes(noise.cipherToSend().seal(bytes));
                }
                default -> env.pass((long) SECOND * bytes.length());
            }
        }

        @Override
        public boolean send(Bytes bytes) {
            if (closed) throw new IllegalStateException("sent on a closed channel");
            answered = true;
            try {
                if (!noise.isDone() && !noise.isMyTurn()) noise.read(bytes);
            } catch (ProtocolViolation violation) {
                throw new IllegalStateException("the node's own handshake message does not hold", violation);
            }
            return true;
        }

        @Override
        public int queuedBytes() {
            return 0;
        }

        @Override
        public void close(Failure why) {
            closed = true;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public boolean canDial(Endpoint endpoint) {
            return true;
        }

        @Override
        public void dial(Endpoint endpoint, Channel.Listener dialler) {
            listener = dialler;
        }

        @Override
        public void onUp(PeerId peer) {
            if (!peer.equals(alice.peer(crypto)))
                throw new IllegalStateException("somebody else proved to be here: " + peer);
        }

        @Override
        public void onDown(PeerId peer, Failure why) {}

        @Override
        public void onFrame(PeerId from, Frame frame) {}

        @Override
        public void onRoom(PeerId peer) {}
    }
}
