package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import linnet.core.Vectors;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.Identity;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.junit.jupiter.api.Test;

/** Questions, answers and records, byte for byte, for ever; see {@link FrozenVectorsTest}. */
class DhtVectorsTest {
    private static final long DAY = 20_700;
    private static final long ISSUED = DAY * 86_400_000L;
    private static final Bytes NONCE = counting(0xc0).slice(0, 12);
    private static final PeerId DELEGATE = new PeerId(new Key(1, 2, 3, 4, 5, 6, 7, 8));
    private static final Endpoint ENDPOINT = new Endpoint("udp://192.0.2.1:7071");

    private final Crypto crypto = Draws.fixed(NONCE);
    private final Identity alice = new Identity(counting(0x00), counting(0x20), counting(0x40));
    private final RecordSeal seal = new RecordSeal(
            crypto,
            crypto.signingPublic(alice.userSeed()),
            crypto.signingPublic(alice.deviceSeed()),
            SignedRecord.Kind.POINTER,
            DAY);
    private final SignedRecord record = seal.seal(
            alice,
            1_788_480_000_000L,
            ISSUED,
            ISSUED + SignedRecord.Kind.POINTER.lifeMillis(),
            List.of(new Endpoint("ws://192.0.2.1:7071/")),
            List.of(DELEGATE));

    private static Bytes counting(int from) {
        byte[] array = new byte[32];
        for (int i = 0; i < array.length; i++) array[i] = (byte) (from + i);
        return Bytes.wrap(array);
    }

    private static void compare(String file, JsonObject now) {
        assertThat(Vectors.text(now)).isEqualTo(Vectors.frozen("linnet/" + file, now));
    }

    @Test
    void records() {
        JsonObject file = new JsonObject();
        file.addProperty(
                "description", "A pointer record: inner, sealed and outer form, with every step between them.");
        file.addProperty("user_public", crypto.signingPublic(alice.userSeed()).hex());
        file.addProperty("device_seed", alice.deviceSeed().hex());
        file.addProperty(
                "device_public", crypto.signingPublic(alice.deviceSeed()).hex());
        file.addProperty("kind", record.kind().number());
        file.addProperty("day", DAY);
        file.addProperty("sequence", record.sequence());
        file.addProperty("issued_millis", record.issuedMillis());
        file.addProperty("expires_millis", record.expiresMillis());
        PeerRecord inner = seal.open(RecordCodec.decode(record.raw()));
        SignedBody innerSigned = SignedBody.decode(inner.raw());
        file.addProperty("peer_record_body", innerSigned.body().hex());
        file.addProperty("peer_record_signature", innerSigned.signature().hex());
        file.addProperty("nonce", NONCE.hex());
        file.addProperty("sealed", record.sealed().hex());
        file.addProperty("key", record.key().hex());
        file.addProperty("signer", record.signer().hex());
        SignedBody outer = SignedBody.decode(record.raw());
        file.addProperty("body", outer.body().hex());
        file.addProperty("signature", outer.signature().hex());
        file.addProperty("raw", record.raw().hex());
        compare("record.json", file);
    }

    @Test
    void questionsAndAnswers() {
        JsonObject file = new JsonObject();
        file.addProperty(
                "description",
                "Each question and answer by itself, and in a frame with the number 300; record.json has the record.");
        JsonArray questions = new JsonArray();
        Key target = DELEGATE.key();
        Bytes hash = crypto.sha256(record.raw()).slice(0, DhtQuestion.Digest.HASH_BYTES);
        question(questions, "ping", new DhtQuestion.Ping());
        question(questions, "find", new DhtQuestion.Find(target, 20));
        question(questions, "get", new DhtQuestion.Get(target, SignedRecord.Kind.PRESENCE));
        question(questions, "put", new DhtQuestion.Put(record));
        question(
                questions,
                "compare",
                new DhtQuestion.Compare(List.of(
                        new DhtQuestion.Digest(record.key(), hash, record.sequence()),
                        new DhtQuestion.Digest(target, hash, 1))));
        question(questions, "dial_back", new DhtQuestion.DialBack(ENDPOINT));
        Whereabouts where =
                new Whereabouts(DELEGATE, counting(0x60), List.of(ENDPOINT, new Endpoint("ws://192.0.2.1:7071/")));
        question(questions, "on_behalf", new DhtQuestion.OnBehalf<>(where, new DhtQuestion.Find(target, 20)));
        file.add("questions", questions);
        JsonArray answers = new JsonArray();
        Whereabouts nowhere = new Whereabouts(DELEGATE, counting(0x61), List.of());
        answer(answers, "pong", new DhtAnswer.Pong(ENDPOINT));
        answer(answers, "nearest", new DhtAnswer.Nearest(List.of(where, nowhere)));
        answer(answers, "held", new DhtAnswer.Held(List.of(record), List.of(where)));
        answer(answers, "kept", new DhtAnswer.Kept(record.sequence()));
        answer(answers, "lacking", new DhtAnswer.Lacking(0b10));
        answer(answers, "dialled_back", new DhtAnswer.DialledBack(true));
        answer(answers, "refused", new DhtAnswer.Refused(new Failure(Failure.Code.BRIDGE_REFUSES_DATA, "a bridge")));
        file.add("answers", answers);
        compare("dht.json", file);
    }

    private void question(JsonArray all, String kind, DhtQuestion<?> question) {
        Bytes bytes = DhtCodec.encode(question);
        assertThat((Object) DhtCodec.decodeQuestion(bytes)).isEqualTo(question);
        add(all, kind, bytes, new DhtFrame.Asked(300, question, null));
    }

    private void answer(JsonArray all, String kind, DhtAnswer answer) {
        Bytes bytes = DhtCodec.encode(answer);
        assertThat(DhtCodec.decodeAnswer(bytes)).isEqualTo(answer);
        add(all, kind, bytes, new DhtFrame.Answered(300, answer));
    }

    private void add(JsonArray all, String kind, Bytes bytes, DhtFrame frame) {
        Bytes framed = FrameCodec.encode(frame);
        assertThat(FrameCodec.decode(crypto, framed)).isEqualTo(frame);
        JsonObject object = new JsonObject();
        object.addProperty("kind", kind);
        object.addProperty("bytes", bytes.hex());
        object.addProperty("frame", framed.hex());
        all.add(object);
    }
}
