package linnet.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.List;
import linnet.core.Vectors;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseIKTest {
    private static final Bytes PROLOGUE = Bytes.utf8("linnet");
    private static final Bytes ONE = Bytes.utf8("one");
    private static final Bytes TWO = Bytes.utf8("two");

    private final Crypto crypto = Draws.seeded(7);
    private final KeyPair aliceKeys = KeyPair.of(crypto, crypto.random(32));
    private final KeyPair bobKeys = KeyPair.of(crypto, crypto.random(32));
    private final NoiseIK alice = NoiseIK.initiator(crypto, aliceKeys, bobKeys.publicKey(), PROLOGUE);
    private final NoiseIK bob = NoiseIK.responder(crypto, bobKeys, PROLOGUE);

    private static void refused(ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(Failure.Code.HANDSHAKE_FAILED));
    }

    private static Bytes flip(Bytes bytes, int at) {
        byte[] array = bytes.toArray();
        array[at] ^= 1;
        return Bytes.wrap(array);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cacophony", "snow"})
    void speaksThePublicVectors(String source) {
        JsonObject file = Vectors.read("noise/" + source + "-ik.json").getAsJsonObject();
        JsonObject vector = Vectors.objects(file, "vectors").get(0);
        NoiseIK initiator = NoiseIK.initiator(
                Draws.fixed(Vectors.hex(vector, "init_ephemeral")),
                KeyPair.of(crypto, Vectors.hex(vector, "init_static")),
                Vectors.hex(vector, "init_remote_static"),
                Vectors.hex(vector, "init_prologue"));
        NoiseIK responder = NoiseIK.responder(
                Draws.fixed(Vectors.hex(vector, "resp_ephemeral")),
                KeyPair.of(crypto, Vectors.hex(vector, "resp_static")),
                Vectors.hex(vector, "resp_prologue"));
        List<JsonObject> messages = Vectors.objects(vector, "messages");
        assertThat(messages).hasSizeGreaterThan(3);
        for (int i = 0; i < messages.size(); i++) {
            NoiseIK writer = i % 2 == 0 ? initiator : responder;
            NoiseIK reader = i % 2 == 0 ? responder : initiator;
            Bytes payload = Vectors.hex(messages.get(i), "payload");
            int number = i / 2 - 1;
            boolean handshake = i < 2;
            Bytes message =
                    handshake ? writer.write(payload) : writer.cipherToSend().seal(number, Bytes.EMPTY, payload);
            assertThat(message).isEqualTo(Vectors.hex(messages.get(i), "ciphertext"));
            assertThat(
                            handshake
                                    ? reader.read(message)
                                    : reader.cipherToReceive().open(number, Bytes.EMPTY, message))
                    .isEqualTo(payload);
        }
        assertThat(initiator.hash()).isEqualTo(responder.hash());
        if (vector.has("handshake_hash")) assertThat(initiator.hash()).isEqualTo(Vectors.hex(vector, "handshake_hash"));
    }

    @Test
    void oneRoundTripCarriesBothPayloadsAndTheInitiatorsKey() {
        Bytes first = alice.write(ONE);
        assertThat(first.length()).isEqualTo(ONE.length() + NoiseIK.FIRST_OVERHEAD_BYTES);
        assertThat(bob.read(first)).isEqualTo(ONE);
        assertThat(bob.remoteStatic()).isEqualTo(aliceKeys.publicKey());
        Bytes second = bob.write(TWO);
        assertThat(second.length()).isEqualTo(TWO.length() + NoiseIK.SECOND_OVERHEAD_BYTES);
        assertThat(alice.read(second)).isEqualTo(TWO);
        assertThat(alice.isDone()).isTrue();
        assertThat(bob.isDone()).isTrue();
    }

    @Test
    void nothingTravelsInClear() {
        String first = alice.write(ONE).hex();
        assertThat(first).doesNotContain(aliceKeys.publicKey().hex()).doesNotContain(ONE.hex());
    }

    @Test
    void noChangedByteOfTheFirstMessagePasses() {
        Bytes first = alice.write(ONE);
        for (int at = 0; at < first.length(); at++) {
            Bytes changed = flip(first, at);
            refused(() -> bob.read(changed));
        }
        assertThat(bob.read(first)).isEqualTo(ONE);
    }

    @Test
    void aForgedAnswerDoesNotKeepTheRightOneFromBeingRead() {
        bob.read(alice.write(ONE));
        Bytes second = bob.write(TWO);
        for (int at = 0; at < second.length(); at++) {
            Bytes changed = flip(second, at);
            refused(() -> alice.read(changed));
        }
        assertThat(alice.read(second)).isEqualTo(TWO);
    }

    @Test
    void cutMessagesAreRefused() {
        Bytes first = alice.write(ONE);
        for (int length = 0; length < NoiseIK.FIRST_OVERHEAD_BYTES; length++) {
            Bytes cut = first.slice(0, length);
            refused(() -> bob.read(cut));
        }
        bob.read(first);
        Bytes second = bob.write(TWO);
        for (int length = 0; length < NoiseIK.SECOND_OVERHEAD_BYTES; length++) {
            Bytes cut = second.slice(0, length);
            refused(() -> alice.read(cut));
        }
    }

    @Test
    void onlyTheHolderOfTheKeyCanRead() {
        KeyPair eve = KeyPair.of(crypto, crypto.random(32));
        Bytes first = alice.write(ONE);
        refused(() -> NoiseIK.responder(crypto, eve, PROLOGUE).read(first));
        refused(() -> NoiseIK.responder(crypto, bobKeys, Bytes.utf8("other")).read(first));
    }

    @Test
    void messagesOutOfTurnAreRefused() {
        Bytes first = alice.write(ONE);
        refused(() -> alice.read(Bytes.EMPTY));
        bob.read(first);
        refused(() -> bob.read(first));
        assertThatThrownBy(() -> alice.write(TWO)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(alice::cipherToSend).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(alice::hash).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void packetsOpenInAnyOrderAndOnlyUnderTheirNumberDirectionAndHeader() {
        bob.read(alice.write(ONE));
        alice.read(bob.write(TWO));
        Bytes header = Bytes.utf8("header");
        Bytes zero = alice.cipherToSend().seal(0, header, ONE);
        Bytes one = alice.cipherToSend().seal(1, header, TWO);
        PacketCipher opens = bob.cipherToReceive();
        assertThat(opens.open(1, header, one)).isEqualTo(TWO);
        assertThat(opens.open(0, header, zero)).isEqualTo(ONE);
        assertThatThrownBy(() -> opens.open(1, header, zero)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> opens.open(0, ONE, zero)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> alice.cipherToReceive().open(0, header, zero)).isInstanceOf(ProtocolViolation.class);
    }
}
