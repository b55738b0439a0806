package linnet.core.crypto;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One side of a {@code Noise_IK_25519_AESGCM_SHA256} handshake (Noise revision 34): the initiator knows the responder's static key, so one round
 * trip is enough and the first message carries a sealed payload already.
 * <pre>
 *   initiator                              responder
 *      │ ── e, es, s, ss, payload ────────────► │   sealed to the responder; whoever saw it can send it again
 *      │ ◄── e, ee, se, payload ─────────────── │   sealed to this very handshake
 * </pre>
 * The first payload has no forward secrecy against the theft of the responder's static key, and no protection from repetition (section 7.7):
 * what it asks for must be harmless. {@link #write} and {@link #read} in turn; then {@link #cipherToSend} and {@link #cipherToReceive}.
 */
public final class NoiseIK {
    /** How many bytes the first message adds to its payload: ephemeral key, sealed static key, tag. */
    public static final int FIRST_OVERHEAD_BYTES = 32 + 48 + 16;

    /** How many bytes the second message adds to its payload: ephemeral key, tag. */
    public static final int SECOND_OVERHEAD_BYTES = 32 + 16;

    private static final Bytes PROTOCOL = Bytes.utf8("Noise_IK_25519_AESGCM_SHA256");
    private static final int KEY_BYTES = NoiseState.KEY_BYTES;
    private static final int SEALED_KEY_BYTES = KEY_BYTES + NoiseCipher.TAG_BYTES;
    private static final int MESSAGES = 2;

    private final Crypto crypto;
    private final boolean initiator;
    private final KeyPair own;
    private NoiseState state;
    private @Nullable Bytes ephemeralSecret;
    private @Nullable Bytes remoteStatic;
    private @Nullable Bytes remoteEphemeral;
    private @Nullable PacketCipher sender;
    private @Nullable PacketCipher receiver;
    private int messagesDone;

    private NoiseIK(Crypto crypto, KeyPair own, @Nullable Bytes remoteStatic, Bytes prologue) {
        this.crypto = crypto;
        this.initiator = remoteStatic != null;
        this.own = own;
        this.remoteStatic = remoteStatic;
        this.state = new NoiseState(crypto, PROTOCOL, prologue);
        state.mixHash(remoteStatic != null ? remoteStatic : own.publicKey());
    }

    /** Creates the side that writes first, to the holder of {@code remoteStatic}. */
    public static NoiseIK initiator(Crypto crypto, KeyPair own, Bytes remoteStatic, Bytes prologue) {
        return new NoiseIK(crypto, own, remoteStatic, prologue);
    }

    /** Creates the side that reads first. */
    public static NoiseIK responder(Crypto crypto, KeyPair own, Bytes prologue) {
        return new NoiseIK(crypto, own, null, prologue);
    }

    /** Returns whether both messages are done. */
    public boolean isDone() {
        return messagesDone == MESSAGES;
    }

    /** Returns the next message, with {@code payload} sealed in it. */
    public Bytes write(Bytes payload) {
        if (isDone() || (messagesDone == 0) != initiator)
            throw new IllegalStateException("not this side's turn to write");
        Bytes secret = crypto.random(KEY_BYTES);
        Bytes ephemeral = crypto.agreementPublic(secret);
        ephemeralSecret = secret;
        state.mixHash(ephemeral);
        if (initiator) {
            state.mixKey(crypto.agree(secret, known(remoteStatic)));
            Bytes sealedKey = state.sealAndHash(own.publicKey());
            state.mixKey(crypto.agree(own.secret(), known(remoteStatic)));
            Bytes message = Bytes.concat(ephemeral, sealedKey, state.sealAndHash(payload));
            messagesDone++;
            return message;
        }
        state.mixKey(crypto.agree(secret, known(remoteEphemeral)));
        state.mixKey(crypto.agree(secret, known(remoteStatic)));
        Bytes message = Bytes.concat(ephemeral, state.sealAndHash(payload));
        finish();
        return message;
    }

    /**
     * Takes the next message and returns its payload. Anything but the right message is a violation, {@code HANDSHAKE_FAILED}, and changes
     * nothing: a packet that somebody else threw in does not keep the right one from being read.
     */
    public Bytes read(Bytes message) {
        if (isDone() || (messagesDone == 0) == initiator) throw failed("a message out of turn");
        NoiseState before = state.copy();
        try {
            Bytes ephemeral = take(message, 0, KEY_BYTES);
            remoteEphemeral = ephemeral;
            state.mixHash(ephemeral);
            if (initiator) {
                state.mixKey(crypto.agree(known(ephemeralSecret), ephemeral));
                state.mixKey(crypto.agree(own.secret(), ephemeral));
                Bytes payload = state.openAndHash(message.slice(KEY_BYTES, message.length()));
                finish();
                return payload;
            }
            state.mixKey(crypto.agree(own.secret(), ephemeral));
            Bytes remote = state.openAndHash(take(message, KEY_BYTES, SEALED_KEY_BYTES));
            remoteStatic = remote;
            state.mixKey(crypto.agree(own.secret(), remote));
            Bytes payload = state.openAndHash(message.slice(KEY_BYTES + SEALED_KEY_BYTES, message.length()));
            messagesDone++;
            return payload;
        } catch (ProtocolViolation violation) {
            state = before;
            throw failed(violation.failure().detail());
        }
    }

    /** Returns the other side's static key, 32 bytes: the responder knows it after the first message. */
    public Bytes remoteStatic() {
        return known(remoteStatic);
    }

    /** Returns the hash of the whole handshake, the same on both sides and different for every session. Only at the end. */
    public Bytes hash() {
        if (!isDone()) throw new IllegalStateException("handshake is not done");
        return state.hash();
    }

    /** Returns the cipher for what this side sends. Only at the end. */
    public PacketCipher cipherToSend() {
        return known(sender);
    }

    /** Returns the cipher for what this side receives. Only at the end. */
    public PacketCipher cipherToReceive() {
        return known(receiver);
    }

    private void finish() {
        messagesDone++;
        NoiseState.Keys keys = state.split();
        PacketCipher first = new PacketCipher(crypto, keys.first());
        PacketCipher second = new PacketCipher(crypto, keys.second());
        sender = initiator ? first : second;
        receiver = initiator ? second : first;
        ephemeralSecret = null;
    }

    private static Bytes take(Bytes message, int from, int length) {
        if (message.length() - from < length) throw failed("message of " + message.length() + " B is cut");
        return message.slice(from, from + length);
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) throw new IllegalStateException("not known at this point of the handshake");
        return value;
    }

    private static ProtocolViolation failed(String detail) {
        return new ProtocolViolation(Failure.Code.HANDSHAKE_FAILED, detail);
    }
}
