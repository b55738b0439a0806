package linnet.bench.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.NoiseIK;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.link.LinkConfig;
import linnet.core.link.PacketForm;
import linnet.core.link.Rpc;
import linnet.core.link.SealedDatagrams;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Hello;
import linnet.core.wire.Packet;
import linnet.core.wire.PacketCodec;
import linnet.core.wire.Reachable;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Packets that a node hears, from a stranger who asks or is asked. The input is a script:
 * <pre>
 * role, {step, length, length, bytes}
 * step 0  a packet as it is                         1  a payload in the right message of the handshake
 * step 2  sealed under the keys of the session      3  time passes, a second for each byte
 * </pre>
 */
final class DatagramTarget implements Target {
    private static final int STEPS_MAX = 16;
    private static final int HEAD_BYTES = 3;
    private static final int SECOND = 1_000;
    private static final int SESSION = 77;
    private static final int FIRST_PAYLOAD_BYTES = PacketForm.FIRST_BYTES_MAX - 5 - NoiseIK.FIRST_OVERHEAD_BYTES;

    private static final int SHORT_PAYLOAD_BYTES = PacketForm.FIRST_BYTES_MIN - 5 - NoiseIK.FIRST_OVERHEAD_BYTES;

    /** The longest answer: a bucket of peers with long addresses. */
    private static final List<Whereabouts> BUCKET = bucket();

    /** Both ends of the handshake live here, and each of up to 16 steps is copied, sealed, opened and answered. */
    private static final long ALLOCATED_BY_TEST = 512 * 1024;

    private static final Endpoint STRANGER = new Endpoint("udp://192.0.2.1:7071");
    private static final Bytes PROLOGUE = Bytes.utf8("linnet/datagram/1");

    private final Crypto crypto = new QuickCrypto();
    private final NetworkId network = new NetworkId(Key.of(crypto.random(Key.BYTES)));
    private final Person alice = Person.create(crypto, "Alice");
    private final Person bob = Person.create(crypto, "Bob");
    private final KeyPair aliceKeys = KeyPair.of(crypto, alice.identity().linkSecret());
    private final Bytes bobKey = crypto.agreementPublic(bob.identity().linkSecret());

    @Override
    public List<Bytes> messages() {
        Hello hello = new Hello(1, 1, Hello.Proof.sign(crypto, alice.identity(), network, 1, 0));
        Reachable here = new Reachable(List.of(STRANGER), true);
        Bytes opening = PacketCodec.encode(new Packet.Opening(hello, here, 4, new DhtQuestion.Ping()));
        Bytes opened = PacketCodec.encode(new Packet.Opened(
                hello, SESSION, new Packet.Part(8, 0, 1, Bytes.wrap(new byte[] {0x2a, 0}))));
        Bytes asked = PacketCodec.encode(new Packet.Question(
                new DhtFrame.Asked(8, new DhtQuestion.Find(Key.of(crypto.random(Key.BYTES)), 20), null)));
        Bytes part = PacketCodec.encode(new Packet.Part(8, 0, 1, Bytes.wrap(new byte[] {0x2a, 0})));
        Bytes heard = PacketCodec.encode(new Packet.Heard());
        Bytes tenSeconds = Bytes.wrap(new byte[10]);
        return List.of(
                script(0, step(1, opening), step(2, heard), step(2, asked), step(3, tenSeconds)),
                script(1, step(1, opened), step(2, part), step(2, asked), step(3, tenSeconds)),
                script(0, step(0, asked), step(1, opening), step(2, part)));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        return raw
                ? new Meeting(false).raw(input)
                : new Meeting(input.length() > 0 && (input.at(0) & 1) == 1).play(input);
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BY_TEST + Target.super.allocatedBytesMax(inputBytes);
    }

    private static List<Whereabouts> bucket() {
        List<Whereabouts> peers = new ArrayList<>();
        for (int i = 0; i < DhtAnswer.PEERS_MAX; i++)
            peers.add(new Whereabouts(
                    new PeerId(new Key(i, 0, 0, 0, 0, 0, 0, 0)),
                    Bytes.wrap(new byte[Key.BYTES]),
                    List.of(new Endpoint("udp://[2001:db8:ffff:ffff:ffff:ffff:ffff:ff" + (10 + i) + "]:65535"))));
        return peers;
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

    private static Bytes header(int kind, int... words) {
        byte[] header = new byte[1 + 4 * words.length];
        header[0] = (byte) kind;
        for (int i = 1; i < header.length; i++) header[i] = (byte) (words[(i - 1) / 4] >>> (24 - 8 * ((i - 1) % 4)));
        return Bytes.wrap(header);
    }

    /** The node's packets, and a stranger who follows a script. */
    private final class Meeting implements Datagrams, Rpc.Served {
        private final StillEnv env = new StillEnv();
        private final SealedDatagrams node =
                new SealedDatagrams(bob.identity(), LinkConfig.defaults(network), env, crypto, this, this, 1);
        private @Nullable NoiseIK noise;

        /** What the node calls the session; the stranger says {@link #SESSION}. */
        private int session;

        private int sent;
        private int heard;
        private int said;
        private int asked;
        private int answered;

        /** @param isAsked whether the node asks the stranger */
        Meeting(boolean isAsked) {
            if (!isAsked) return;
            asked = 1;
            Whereabouts where = new Whereabouts(alice.peer(crypto), aliceKeys.publicKey(), List.of(STRANGER));
            node.ask(where, new DhtQuestion.Ping(), Duration.ofSeconds(5), new Rpc.Answer<>() {
                @Override
                public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {
                    answered++;
                }

                @Override
                public void onFailure(Failure why) {
                    answered++;
                }
            });
        }

        /** Returns whether the node answered. */
        boolean raw(Bytes packet) {
            node.onPacket(STRANGER, packet);
            limit(packet, said);
            return said > 0;
        }

        boolean play(Bytes script) {
            int at = 1;
            for (int step = 0; step < STEPS_MAX && script.length() - at >= HEAD_BYTES; step++) {
                int length = Math.min(script.at(at + 1) << 8 | script.at(at + 2), script.length() - at - HEAD_BYTES);
                play(script.at(at), script.slice(at + HEAD_BYTES, at + HEAD_BYTES + length));
                at += HEAD_BYTES + length;
            }
            node.stop();
            if (answered != asked) throw new IllegalStateException(asked + " asked, told " + answered + " times");
            return heard > 0 && said > 0;
        }

        private void play(int kind, Bytes bytes) {
            switch (kind & 3) {
                case 0 -> hear(bytes);
                case 1 -> {
                    if (bytes.length() <= FIRST_PAYLOAD_BYTES - 2) shake(bytes);
                }
                case 2 -> {
                    if (noise != null && noise.isDone() && session != 0) {
                        Bytes header = header(0xf3, session, sent);
                        hear(Bytes.concat(header, noise.cipherToSend().seal(sent++, header, bytes)));
                    }
                }
                default -> env.pass((long) SECOND * bytes.length());
            }
        }

        private void shake(Bytes payload) {
            if (asked == 1) {
                if (noise != null && !noise.isDone()) hear(Bytes.concat(header(0xf2, session), noise.write(payload)));
                return;
            }
            boolean isShort = payload.length() + 2 <= SHORT_PAYLOAD_BYTES;
            byte[] padded = new byte[isShort ? SHORT_PAYLOAD_BYTES : FIRST_PAYLOAD_BYTES];
            padded[0] = (byte) (payload.length() >>> 8);
            padded[1] = (byte) payload.length();
            System.arraycopy(payload.shared(), 0, padded, 2, payload.length());
            Bytes header = header(0xf1, SESSION);
            noise = NoiseIK.initiator(crypto, aliceKeys, bobKey, Bytes.concat(PROLOGUE, header));
            int before = said;
            Bytes first = Bytes.concat(header, noise.write(Bytes.wrap(padded)));
            hear(first);
            limit(first, said - before);
        }

        /** Nobody is answered more than three times what came, before its address is proved. */
        private static void limit(Bytes first, int answered) {
            if (answered > 3 * first.length()) throw new IllegalStateException("amplified: " + answered);
        }

        private void hear(Bytes packet) {
            heard++;
            node.onPacket(STRANGER, packet);
        }

        @Override
        public boolean canSend(Endpoint to) {
            return true;
        }

        @Override
        public void send(Endpoint to, Bytes packet) {
            if (packet.length() > PACKET_BYTES_MAX)
                throw new IllegalStateException("packet of " + packet.length() + " B");
            said += packet.length();
            try {
                take(packet);
            } catch (ProtocolViolation violation) {
                throw new IllegalStateException("the node's own packet does not hold", violation);
            }
        }

        private void take(Bytes packet) {
            if (packet.at(0) == 0xf1 && noise == null) {
                Bytes header = packet.slice(0, 5);
                noise = NoiseIK.responder(crypto, aliceKeys, Bytes.concat(PROLOGUE, header));
                noise.read(packet.slice(5, packet.length()));
                session = packet.at(1) << 24 | packet.at(2) << 16 | packet.at(3) << 8 | packet.at(4);
            }
            if (packet.at(0) == 0xf2 && noise != null && !noise.isDone()) {
                Bytes payload = noise.read(packet.slice(5, packet.length()));
                session = PacketCodec.decodeOpened(payload).session();
            }
        }

        @Override
        public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
            if (!from.where().peer().equals(alice.peer(crypto)))
                throw new IllegalStateException("somebody else proved to be here: " + from);
            if (question instanceof DhtQuestion.Find) reply.answer(new DhtAnswer.Nearest(BUCKET));
            else if (question instanceof DhtQuestion.Get) reply.answer(new DhtAnswer.Held(List.of(), BUCKET));
            else reply.answer(new DhtAnswer.Pong(STRANGER));
        }
    }
}
