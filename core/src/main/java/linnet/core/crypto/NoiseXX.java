package linnet.core.crypto;

import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One side of a {@code Noise_XX_25519_AESGCM_SHA256} handshake (Noise revision 34): both sides prove their static keys,
 * neither needs to know the other's beforehand.
 * <pre>
 *   initiator                      responder
 *      │ ── e, payload in clear ──────► │
 *      │ ◄── e, ee, s, es, payload ──── │   the responder's key and payload, sealed
 *      │ ── s, se, payload ───────────► │   the initiator's, sealed to the responder
 * </pre>
 * {@link #write} and {@link #read} in turn; after the third message {@link #cipherToSend} and {@link #cipherToReceive} are the
 * link. Any violation ends the handshake; the object is of no use after it.
 */
public final class NoiseXX {
    /** Longest handshake message in bytes (Noise section 3). */
    public static final int MESSAGE_BYTES_MAX = 65_535;

    private static final Bytes PROTOCOL = Bytes.utf8("Noise_XX_25519_AESGCM_SHA256");
    private static final int KEY_BYTES = NoiseState.KEY_BYTES;
    private static final int MESSAGES = 3;

    private final Crypto crypto;
    private final boolean initiator;
    private final Bytes staticSecret;
    private final Bytes staticPublic;
    private final Bytes ephemeralSecret;
    private final Bytes ephemeralPublic;
    private final NoiseState state;

    private @Nullable Bytes remoteStatic;
    private @Nullable Bytes remoteEphemeral;
    private @Nullable NoiseCipher sender;
    private @Nullable NoiseCipher receiver;
    private int messagesDone;

    private NoiseXX(Crypto crypto, boolean initiator, Bytes staticSecret, Bytes prologue) {
        this.crypto = crypto;
        this.initiator = initiator;
        this.staticSecret = staticSecret;
        this.staticPublic = crypto.agreementPublic(staticSecret);
        this.ephemeralSecret = crypto.random(KEY_BYTES);
        this.ephemeralPublic = crypto.agreementPublic(ephemeralSecret);
        this.state = new NoiseState(crypto, PROTOCOL, prologue);
    }

    /** Creates the side that writes first. */
    public static NoiseXX initiator(Crypto crypto, Bytes staticSecret, Bytes prologue) {
        return new NoiseXX(crypto, true, staticSecret, prologue);
    }

    /** Creates the side that reads first. */
    public static NoiseXX responder(Crypto crypto, Bytes staticSecret, Bytes prologue) {
        return new NoiseXX(crypto, false, staticSecret, prologue);
    }

    /** Returns whether this side writes the next message. */
    public boolean isMyTurn() {
        return messagesDone < MESSAGES && (messagesDone % 2 == 0) == initiator;
    }

    /** Returns whether all three messages are done. */
    public boolean isDone() {
        return messagesDone == MESSAGES;
    }

    /** Returns the next message, with {@code payload} in it: in clear in the first, sealed in the second and third. */
    public Bytes write(Bytes payload) {
        if (!isMyTurn()) throw new IllegalStateException("not this side's turn to write");
        Bytes message = switch (messagesDone) {
            case 0 -> Bytes.concat(ephemeral(), state.sealAndHash(payload));
            case 1 -> {
                Bytes ephemeral = ephemeral();
                state.mixKey(agree(ephemeralSecret, remoteEphemeral));
                Bytes key = state.sealAndHash(staticPublic);
                state.mixKey(agree(staticSecret, remoteEphemeral));
                yield Bytes.concat(ephemeral, key, state.sealAndHash(payload));
            }
            default -> {
                Bytes key = state.sealAndHash(staticPublic);
                state.mixKey(agree(staticSecret, remoteEphemeral));
                yield Bytes.concat(key, state.sealAndHash(payload));
            }
        };
        if (message.length() > MESSAGE_BYTES_MAX)
            throw new IllegalArgumentException("payload of " + payload.length() + " B");
        step();
        return message;
    }

    /** Takes the next message and returns its payload. Anything but the right message is a violation, {@code HANDSHAKE_FAILED}. */
    public Bytes read(Bytes message) {
        if (isDone() || isMyTurn()) throw failed("a message out of turn");
        if (message.length() > MESSAGE_BYTES_MAX) throw failed("message of " + message.length() + " B");
        try {
            Bytes payload = switch (messagesDone) {
                case 0 -> state.openAndHash(rest(message, takeEphemeral(message)));
                case 1 -> {
                    int at = takeEphemeral(message);
                    state.mixKey(agree(ephemeralSecret, remoteEphemeral));
                    at = takeStatic(message, at);
                    state.mixKey(agree(ephemeralSecret, remoteStatic));
                    yield state.openAndHash(rest(message, at));
                }
                default -> {
                    int at = takeStatic(message, 0);
                    state.mixKey(agree(ephemeralSecret, remoteStatic));
                    yield state.openAndHash(rest(message, at));
                }
            };
            step();
            return payload;
        } catch (ProtocolViolation violation) {
            throw failed(violation.failure().detail());
        }
    }

    /** Returns the other side's static key, 32 bytes; known to the initiator after the second message, to the responder at the end. */
    public Bytes remoteStatic() {
        return known(remoteStatic);
    }

    /** Returns the hash of the whole handshake, the same on both sides and different for every link. Only at the end. */
    public Bytes hash() {
        if (!isDone()) throw new IllegalStateException("handshake is not done");
        return state.hash();
    }

    /** Returns the cipher for what this side sends. Only at the end. */
    public NoiseCipher cipherToSend() {
        return known(sender);
    }

    /** Returns the cipher for what this side receives. Only at the end. */
    public NoiseCipher cipherToReceive() {
        return known(receiver);
    }

    private Bytes ephemeral() {
        state.mixHash(ephemeralPublic);
        return ephemeralPublic;
    }

    private int takeEphemeral(Bytes message) {
        Bytes key = take(message, 0, KEY_BYTES);
        remoteEphemeral = key;
        state.mixHash(key);
        return KEY_BYTES;
    }

    private int takeStatic(Bytes message, int at) {
        int length = KEY_BYTES + NoiseCipher.TAG_BYTES;
        remoteStatic = state.openAndHash(take(message, at, length));
        return at + length;
    }

    private static Bytes take(Bytes message, int from, int length) {
        if (message.length() - from < length) throw failed("message of " + message.length() + " B is cut");
        return message.slice(from, from + length);
    }

    private static Bytes rest(Bytes message, int from) {
        return message.slice(from, message.length());
    }

    private Bytes agree(Bytes secret, @Nullable Bytes remote) {
        return crypto.agree(secret, known(remote));
    }

    private void step() {
        messagesDone++;
        if (!isDone()) return;
        NoiseState.Keys keys = state.split();
        NoiseCipher first = new NoiseCipher(crypto, keys.first());
        NoiseCipher second = new NoiseCipher(crypto, keys.second());
        sender = initiator ? first : second;
        receiver = initiator ? second : first;
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) throw new IllegalStateException("not known at this point of the handshake");
        return value;
    }

    private static ProtocolViolation failed(String detail) {
        return new ProtocolViolation(Failure.Code.HANDSHAKE_FAILED, detail);
    }
}
