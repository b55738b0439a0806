package linnet.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import linnet.core.Vectors;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseXXTest {
    private static final Bytes PROLOGUE = Bytes.utf8("linnetmem");

    private final Crypto crypto = Draws.seeded(7);
    private final Bytes aliceSecret = crypto.random(32);
    private final Bytes bobSecret = crypto.random(32);
    private NoiseXX alice = NoiseXX.initiator(crypto, aliceSecret, PROLOGUE);
    private NoiseXX bob = NoiseXX.responder(crypto, bobSecret, PROLOGUE);

    @ParameterizedTest
    @ValueSource(strings = {"cacophony", "snow"})
    void speaksThePublicVectors(String source) {
        JsonObject file = Vectors.read("noise/" + source + "-xx.json").getAsJsonObject();
        JsonObject vector = Vectors.objects(file, "vectors").get(0);
        NoiseXX initiator = NoiseXX.initiator(
                Draws.fixed(Vectors.hex(vector, "init_ephemeral")),
                Vectors.hex(vector, "init_static"),
                Vectors.hex(vector, "init_prologue"));
        NoiseXX responder = NoiseXX.responder(
                Draws.fixed(Vectors.hex(vector, "resp_ephemeral")),
                Vectors.hex(vector, "resp_static"),
                Vectors.hex(vector, "resp_prologue"));
        List<JsonObject> messages = Vectors.objects(vector, "messages");
        assertThat(messages).hasSizeGreaterThan(4);
        for (int i = 0; i < messages.size(); i++) {
            NoiseXX writer = i % 2 == 0 ? initiator : responder;
            NoiseXX reader = i % 2 == 0 ? responder : initiator;
            Bytes payload = Vectors.hex(messages.get(i), "payload");
            boolean handshake = i < 3;
            Bytes message =
                    handshake ? writer.write(payload) : writer.cipherToSend().seal(payload);
            assertThat(message).isEqualTo(Vectors.hex(messages.get(i), "ciphertext"));
            assertThat(
                            handshake
                                    ? reader.read(message)
                                    : reader.cipherToReceive().open(message))
                    .isEqualTo(payload);
        }
        assertThat(initiator.hash()).isEqualTo(responder.hash());
        if (vector.has("handshake_hash")) assertThat(initiator.hash()).isEqualTo(Vectors.hex(vector, "handshake_hash"));
    }

    @Test
    void eachSideLearnsTheOthersKeyAndPayload() {
        assertThat(bob.read(alice.write(Bytes.utf8("one")))).isEqualTo(Bytes.utf8("one"));
        assertThat(alice.read(bob.write(Bytes.utf8("two")))).isEqualTo(Bytes.utf8("two"));
        assertThat(alice.remoteStatic()).isEqualTo(crypto.agreementPublic(bobSecret));
        assertThat(bob.read(alice.write(Bytes.utf8("three")))).isEqualTo(Bytes.utf8("three"));
        assertThat(bob.remoteStatic()).isEqualTo(crypto.agreementPublic(aliceSecret));
        assertThat(alice.isDone()).isTrue();
        assertThat(bob.isDone()).isTrue();
        assertThat(alice.hash()).isEqualTo(bob.hash());
    }

    @Test
    void keysAndSealedPayloadsDoNotTravelInClear() {
        List<Bytes> messages = shakeHands();
        String third = messages.get(2).hex();
        assertThat(messages.get(1).hex())
                .doesNotContain(crypto.agreementPublic(bobSecret).hex());
        assertThat(third).doesNotContain(crypto.agreementPublic(aliceSecret).hex());
        assertThat(third).doesNotContain(Bytes.utf8("payload").hex());
    }

    @Test
    void noChangedByteOfTheSealedMessagesPasses() {
        for (int number = 1; number < 3; number++) {
            int length = shakeHands().get(number).length();
            for (int at = 0; at < length; at++) {
                List<NoiseXX> sides = fresh();
                Bytes message = upTo(number, sides);
                NoiseXX reader = number == 1 ? sides.get(0) : sides.get(1);
                Bytes changed = flip(message, at);
                refused(() -> reader.read(changed));
            }
        }
    }

    @Test
    void aChangedFirstMessageBreaksTheSecond() {
        int length = shakeHands().get(0).length();
        for (int at = 0; at < length; at++) {
            List<NoiseXX> sides = fresh();
            Bytes changed = flip(sides.get(0).write(Bytes.utf8("payload")), at);
            Bytes answer;
            try {
                sides.get(1).read(changed);
                answer = sides.get(1).write(Bytes.utf8("payload"));
            } catch (ProtocolViolation lowOrder) {
                continue;
            }
            refused(() -> sides.get(0).read(answer));
        }
    }

    @Test
    void cutMessagesAreRefused() {
        for (int number = 0; number < 3; number++) {
            int overhead = new int[] {32, 32 + 48 + 16, 48 + 16}[number];
            for (int length = 0; length < overhead; length++) {
                List<NoiseXX> sides = fresh();
                Bytes message = upTo(number, sides).slice(0, length);
                refused(() -> sides.get(sides.get(0).isMyTurn() ? 1 : 0).read(message));
            }
        }
    }

    @Test
    void anotherPrologueIsAnotherHandshake() {
        bob = NoiseXX.responder(crypto, bobSecret, Bytes.utf8("linnetws"));
        bob.read(alice.write(Bytes.EMPTY));
        Bytes answer = bob.write(Bytes.EMPTY);
        refused(() -> alice.read(answer));
    }

    @Test
    void messagesOutOfTurnAreRefused() {
        Bytes first = alice.write(Bytes.EMPTY);
        refused(() -> alice.read(first));
        assertThatThrownBy(() -> bob.write(Bytes.EMPTY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> alice.cipherToSend()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> alice.hash()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noMessageOfALinkCanBeRepeatedMovedLeftOutOrReflected() {
        shakeHands();
        NoiseCipher sends = alice.cipherToSend();
        NoiseCipher receives = bob.cipherToReceive();
        Bytes first = sends.seal(Bytes.utf8("first"));
        Bytes second = sends.seal(Bytes.utf8("second"));
        assertThatThrownBy(() -> receives.open(second)).isInstanceOf(ProtocolViolation.class);
        assertThat(receives.open(first)).isEqualTo(Bytes.utf8("first"));
        assertThatThrownBy(() -> receives.open(first)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> alice.cipherToReceive().open(second)).isInstanceOf(ProtocolViolation.class);
        assertThat(receives.open(second)).isEqualTo(Bytes.utf8("second"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void bothSidesChangeKeysAtTheSameMessage(int every) {
        Bytes key = crypto.random(32);
        NoiseCipher sends = new NoiseCipher(crypto, key, every);
        NoiseCipher receives = new NoiseCipher(crypto, key, every);
        NoiseCipher never = new NoiseCipher(crypto, key);
        Chance chance = new Chance(every);
        for (int i = 0; i < 200; i++) {
            Bytes plain = Draws.bytes(chance, chance.below(50));
            Bytes sealed = sends.seal(plain);
            assertThat(receives.open(sealed)).isEqualTo(plain);
            assertThat(sealed.equals(never.seal(plain))).isEqualTo(i < every);
        }
    }

    private static List<Bytes> shakeHands(NoiseXX alice, NoiseXX bob) {
        List<Bytes> messages = new ArrayList<>();
        messages.add(alice.write(Bytes.utf8("payload")));
        bob.read(messages.get(0));
        messages.add(bob.write(Bytes.utf8("payload")));
        alice.read(messages.get(1));
        messages.add(alice.write(Bytes.utf8("payload")));
        bob.read(messages.get(2));
        return messages;
    }

    private List<Bytes> shakeHands() {
        List<NoiseXX> sides = fresh();
        alice = sides.get(0);
        bob = sides.get(1);
        return shakeHands(alice, bob);
    }

    private List<NoiseXX> fresh() {
        return List.of(
                NoiseXX.initiator(crypto, aliceSecret, PROLOGUE), NoiseXX.responder(crypto, bobSecret, PROLOGUE));
    }

    /** Returns the message with this number, written and not yet read. */
    private static Bytes upTo(int number, List<NoiseXX> sides) {
        Bytes message = sides.get(0).write(Bytes.utf8("payload"));
        for (int i = 1; i <= number; i++) {
            NoiseXX next = sides.get(i % 2);
            next.read(message);
            message = next.write(Bytes.utf8("payload"));
        }
        return message;
    }

    private static Bytes flip(Bytes bytes, int at) {
        byte[] array = bytes.toArray();
        array[at] ^= 1;
        return Bytes.wrap(array);
    }

    private static void refused(ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(Failure.Code.HANDSHAKE_FAILED));
    }
}
