package linnet.core.link;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.NoiseCipher;
import linnet.core.crypto.NoiseXX;
import linnet.core.env.Failure.Code;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.wire.Hello;
import linnet.core.wire.LinkCodec;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end: Noise XX with a {@link Hello} in every message (docs/protocol/link.md). What is cheap to check is checked
 * first, and the initiator shows who it is only to the peer it wants.
 */
final class Handshake {
    private static final String PROLOGUE = "linnet";

    private final Crypto crypto;
    private final Self self;
    private final NoiseXX noise;
    private final boolean isInitiator;
    private final @Nullable PeerId expected;
    private @Nullable Remote remote;
    private boolean heardFirst;

    private Handshake(Crypto crypto, Self self, String channelKind, @Nullable PeerId expected) {
        this.crypto = crypto;
        this.self = self;
        this.isInitiator = expected != null;
        this.expected = expected;
        Bytes prologue = Bytes.utf8(PROLOGUE + channelKind);
        this.noise = isInitiator
                ? NoiseXX.initiator(crypto, self.linkSecret, prologue)
                : NoiseXX.responder(crypto, self.linkSecret, prologue);
    }

    /** Creates the side that dialled and wants to meet {@code expected}. */
    static Handshake initiator(Crypto crypto, Self self, String channelKind, PeerId expected) {
        return new Handshake(crypto, self, channelKind, expected);
    }

    /** Creates the side that was dialled, and meets whoever it is. */
    static Handshake responder(Crypto crypto, Self self, String channelKind) {
        return new Handshake(crypto, self, channelKind, null);
    }

    /** Returns the initiator's first message. */
    Bytes begin() {
        return noise.write(LinkCodec.encode(self.versions));
    }

    /** Takes a message and returns the answer, or null if none is due. */
    @Nullable
    Bytes onMessage(Bytes message) {
        boolean isFirst = !isInitiator && !heardFirst;
        int bytesMax = isFirst ? LinkConfig.FIRST_MESSAGE_BYTES_MAX : LinkConfig.PROOF_MESSAGE_BYTES_MAX;
        if (message.length() > bytesMax)
            throw new ProtocolViolation(Code.TOO_LARGE, "handshake message of " + message.length() + " B");
        Hello hello = LinkCodec.decodeHello(noise.read(message));
        checkVersions(self, hello);
        if (isFirst) {
            heardFirst = true;
            return noise.write(LinkCodec.encode(self.proved));
        }
        remote = check(crypto, self, hello, noise.remoteStatic(), expected);
        return isInitiator ? noise.write(LinkCodec.encode(self.proved)) : null;
    }

    /** Returns whether all three messages are done on this side. */
    boolean isDone() {
        return noise.isDone();
    }

    /** Returns who is at the other end; once {@link #isDone}. */
    Remote remote() {
        if (remote == null) throw new IllegalStateException("nobody has proved anything");
        return remote;
    }

    NoiseCipher cipherToSend() {
        return noise.cipherToSend();
    }

    NoiseCipher cipherToReceive() {
        return noise.cipherToReceive();
    }

    /**
     * Checks who speaks, when the handshake has proved the static key. Whatever does not hold is a violation with the code of the reason.
     *
     * @param expected who is wanted, or null for whoever it is
     */
    static Remote check(Crypto crypto, Self self, Hello hello, Bytes remoteStatic, @Nullable PeerId expected) {
        checkVersions(self, hello);
        Hello.Proof proof = hello.proof();
        if (proof == null) throw new ProtocolViolation(Code.HANDSHAKE_FAILED, "no proof");
        if (!proof.network().equals(self.network))
            throw new ProtocolViolation(
                    Code.WRONG_NETWORK, "network " + proof.network().key());
        PeerId peer = Identity.peerId(crypto, proof.devicePublic());
        if (expected != null && !peer.equals(expected))
            throw new ProtocolViolation(Code.IDENTITY_MISMATCH, "it is " + peer);
        if (peer.equals(self.peer)) throw new ProtocolViolation(Code.HANDSHAKE_FAILED, "it is this node itself");
        if (!proof.holdsFor(crypto, remoteStatic))
            throw new ProtocolViolation(Code.HANDSHAKE_FAILED, "the device did not sign this link key");
        return new Remote(peer, remoteStatic, proof.incarnation(), self.versions.common(hello), proof.features());
    }

    private static void checkVersions(Self self, Hello hello) {
        if (self.versions.common(hello) == 0)
            throw new ProtocolViolation(
                    Code.VERSION_MISMATCH, versions(hello) + " there, " + versions(self.versions) + " here");
    }

    private static String versions(Hello hello) {
        return hello.versionMin() + " to " + hello.versionMax();
    }

    /**
     * What this side says in all its handshakes; signed once.
     *
     * @param peer this device
     * @param network where it belongs
     * @param linkSecret static key of the handshake, X25519
     * @param versions what is said in clear
     * @param proved what is said under seal
     */
    record Self(PeerId peer, NetworkId network, Bytes linkSecret, Hello versions, Hello proved) {
        static Self create(Crypto crypto, Identity identity, NetworkId network, long incarnation) {
            Hello.Proof proof = Hello.Proof.sign(crypto, identity, network, incarnation, 0);
            return new Self(
                    Identity.peerId(crypto, proof.devicePublic()),
                    network,
                    identity.linkSecret(),
                    new Hello(LinkConfig.VERSION_MIN, LinkConfig.VERSION_MAX, null),
                    new Hello(LinkConfig.VERSION_MIN, LinkConfig.VERSION_MAX, proof));
        }

        /** Returns nothing secret. */
        @Override
        public String toString() {
            return "Self[" + peer + "]";
        }
    }

    /**
     * Who proved itself.
     *
     * @param peer its device
     * @param linkPublic the static key of its handshakes
     * @param incarnation how many times it has started, as it says
     * @param version the highest that both speak
     * @param features what it can do beyond that, a bit each
     */
    record Remote(PeerId peer, Bytes linkPublic, long incarnation, int version, int features) {}
}
