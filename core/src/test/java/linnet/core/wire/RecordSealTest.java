package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who knows the owner finds and reads its record; who holds it can check it and learns nothing; nobody else can make one. */
class RecordSealTest {
    private static final SignedRecord.Kind KIND = SignedRecord.Kind.POINTER;
    private static final long DAY = 20_700;
    private static final long ISSUED = DAY * 86_400_000L + 1;
    private static final long EXPIRES = ISSUED + KIND.lifeMillis();

    private final Crypto crypto = Draws.seeded(5);
    private final Identity alice = Identity.create(crypto);
    private final Identity eve = Identity.create(crypto);
    private final PeerId delegate = new PeerId(new Key(1, 2, 3, 4, 5, 6, 7, 8));
    private final List<Endpoint> endpoints = List.of(new Endpoint("ws://192.0.2.1:7071/"));

    private RecordSeal sealOf(Identity identity, SignedRecord.Kind kind, long day) {
        return new RecordSeal(
                crypto,
                crypto.signingPublic(identity.userSeed()),
                crypto.signingPublic(identity.deviceSeed()),
                kind,
                day);
    }

    private SignedRecord record(long sequence) {
        return sealOf(alice, KIND, DAY).seal(alice, sequence, ISSUED, EXPIRES, endpoints, List.of(delegate));
    }

    private static void tampered(ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(Failure.Code.TAMPERED));
    }

    /** The record with other words around the same sealed payload, signed by {@code seed}. */
    private SignedRecord wrapped(SignedRecord record, Bytes sealed, long sequence, long expires, Bytes seed) {
        SignedRecord other = new SignedRecord(
                record.key(),
                record.kind(),
                sealed,
                crypto.signingPublic(seed),
                sequence,
                record.issuedMillis(),
                expires,
                Bytes.EMPTY);
        return RecordCodec.decode(SignedBody.sign(crypto, seed, Signed.Use.HELD, RecordCodec.body(other)));
    }

    @Test
    void whoKnowsTheOwnerOpensIt() {
        SignedRecord carried = RecordCodec.decode(RecordCodec.encode(record(7)));
        assertThatCode(() -> carried.check(crypto)).doesNotThrowAnyException();
        PeerRecord opened = sealOf(alice, KIND, DAY).open(carried);
        assertThat(opened.endpoints()).isEqualTo(endpoints);
        assertThat(opened.delegates()).containsExactly(delegate);
        assertThat(opened.sequence()).isEqualTo(7);
        assertThat(opened.devicePublic()).isEqualTo(crypto.signingPublic(alice.deviceSeed()));
    }

    @Test
    void placeSignerAndKeyChangeWithKindAndDay() {
        List<Object> seen = new ArrayList<>();
        for (SignedRecord.Kind kind : SignedRecord.Kind.values()) {
            for (long day = DAY; day < DAY + 3; day++) {
                RecordSeal seal = sealOf(alice, kind, day);
                SignedRecord record = seal.seal(alice, 1, ISSUED, ISSUED + 1, endpoints, List.of());
                seen.add(record.key());
                seen.add(record.signer());
                if (day > DAY) tampered(() -> sealOf(alice, kind, DAY).open(record));
            }
        }
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void aHolderSeesNeitherOwnerNorAddress() {
        String held = record(1).raw().hex();
        assertThat(held)
                .doesNotContain(crypto.signingPublic(alice.deviceSeed()).hex())
                .doesNotContain(crypto.signingPublic(alice.userSeed()).hex())
                .doesNotContain(endpoints.get(0).uri())
                .doesNotContain(delegate.key().hex());
    }

    @Test
    void noChangedByteOfTheHeldRecordPassesItsHolder() {
        SignedRecord record = record(1);
        byte[] raw = record.raw().toArray();
        for (int at = 0; at < raw.length; at++) {
            raw[at] ^= 1;
            Bytes changed = Bytes.copyOf(raw);
            assertThatThrownBy(() -> RecordCodec.decode(changed).check(crypto)).isInstanceOf(ProtocolViolation.class);
            raw[at] ^= 1;
        }
    }

    @Test
    void whoWrapsTheSamePayloadAnewIsNotBelieved() {
        SignedRecord record = record(5);
        RecordSeal seal = sealOf(alice, KIND, DAY);
        Bytes seed = crypto.random(32);
        SignedRecord higher = wrapped(record, record.sealed(), 6, EXPIRES, seed);
        SignedRecord shorter = wrapped(record, record.sealed(), 5, EXPIRES - 1, seed);
        SignedRecord cut =
                wrapped(record, record.sealed().slice(0, record.sealed().length() - 1), 5, EXPIRES, seed);
        assertThatCode(() -> higher.check(crypto)).doesNotThrowAnyException();
        tampered(() -> seal.open(higher));
        tampered(() -> seal.open(shorter));
        tampered(() -> seal.open(cut));
    }

    @Test
    void aContactWhoKnowsTheSealCannotSpeakForTheOwner() {
        Bytes alicePublic = crypto.signingPublic(alice.deviceSeed());
        RecordSeal seal = sealOf(alice, KIND, DAY);
        assertThatThrownBy(() -> seal.seal(eve, 9, ISSUED, EXPIRES, endpoints, List.of()))
                .isInstanceOf(IllegalArgumentException.class);

        PeerRecord honest = seal.open(record(5));
        PeerRecord lie = new PeerRecord(alicePublic, KIND, DAY, 9, EXPIRES, List.of(), honest.delegates(), Bytes.EMPTY);
        Bytes forged = SignedBody.sign(crypto, eve.deviceSeed(), Signed.Use.RECORD, RecordCodec.body(lie));
        tampered(() -> RecordCodec.decodePeerRecord(forged).check(crypto));
    }

    @Test
    void endpointsThatDoNotFitAreLeftOutFromTheEnd() {
        List<Endpoint> many = new ArrayList<>();
        for (int i = 0; i < Bundle.ENDPOINTS_MAX; i++)
            many.add(new Endpoint("ws://host-" + i + ".example/" + "x".repeat(100)));
        SignedRecord record = sealOf(alice, KIND, DAY).seal(alice, 1, ISSUED, EXPIRES, many, List.of(delegate));
        PeerRecord opened = sealOf(alice, KIND, DAY).open(record);
        assertThat(opened.endpoints())
                .hasSizeBetween(2, 7)
                .isEqualTo(many.subList(0, opened.endpoints().size()));
        assertThat(record.raw().length()).isLessThanOrEqualTo(SignedRecord.BYTES_MAX);
    }

    @Test
    void aRecordDoesNotOutliveItsKind() {
        assertThatThrownBy(() -> sealOf(alice, KIND, DAY).seal(alice, 1, ISSUED, EXPIRES + 1, endpoints, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealOf(alice, KIND, DAY).seal(alice, 1, ISSUED, ISSUED, endpoints, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
