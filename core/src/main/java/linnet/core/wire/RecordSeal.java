package linnet.core.wire;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Hkdf;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;

/**
 * What those who know a device can work out about its record of one kind and day: where in the network it belongs, and the key that
 * opens it. Who does not know the owner's public keys can do neither, nor tell that two records are of one owner (SPEC decision 3).
 */
public final class RecordSeal {
    /** How long the days of records last, which begin with 1970. */
    public static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private static final int NONCE_BYTES = 12;
    private static final Bytes KEY_DOMAIN = Bytes.utf8("linnet/dht/1");
    private static final Bytes SEAL_DOMAIN = Bytes.utf8("linnet/dht/seal/1");
    private static final Bytes DAY_DOMAIN = Bytes.utf8("linnet/dht/day/1");

    private final Crypto crypto;
    private final Bytes devicePublic;
    private final SignedRecord.Kind kind;
    private final long day;
    private final Key key;
    private final Bytes sealKey;

    /**
     * Works out place and key.
     *
     * @param userPublic Ed25519 public key of the person, from a card or an invite
     * @param devicePublic Ed25519 public key of the device, from there too
     * @param day days since 1970, 1 to {@link PeerRecord#DAY_MAX}; see {@link #day}
     */
    public RecordSeal(Crypto crypto, Bytes userPublic, Bytes devicePublic, SignedRecord.Kind kind, long day) {
        if (day < 1 || day > PeerRecord.DAY_MAX) throw new IllegalArgumentException("day: " + day);
        this.crypto = crypto;
        this.devicePublic = devicePublic;
        this.kind = kind;
        this.day = day;
        Bytes kindAndDay = Bytes.concat(oneByte(kind.number()), eightBytes(day));
        Bytes owner = Bytes.concat(userPublic, devicePublic);
        this.key = Key.of(crypto.sha256(Bytes.concat(KEY_DOMAIN, kindAndDay, owner)));
        this.sealKey = derive(crypto, owner, Bytes.concat(SEAL_DOMAIN, kindAndDay));
    }

    /** Returns the day of a moment, by the clock that says it. */
    public static long day(long wallMillis) {
        return wallMillis / DAY_MILLIS;
    }

    /** Returns where the record belongs. */
    public Key key() {
        return key;
    }

    /** Returns which day this is for. */
    public long day() {
        return day;
    }

    /** Returns which kind this is for. */
    public SignedRecord.Kind kind() {
        return kind;
    }

    /**
     * Makes the record: signed by the device, sealed, and signed by the key of the day. Of endpoints that do not all fit the last ones are
     * left out.
     *
     * @param identity of the device that this was made for
     * @param sequence higher than that of every earlier record of this device
     * @param expiresMillis at most the life of the kind after {@code issuedMillis}
     */
    public SignedRecord seal(
            Identity identity,
            long sequence,
            long issuedMillis,
            long expiresMillis,
            List<Endpoint> endpoints,
            List<PeerId> delegates) {
        PeerRecord record = PeerRecord.sign(crypto, identity, kind, day, sequence, expiresMillis, endpoints, delegates);
        if (!record.devicePublic().equals(devicePublic))
            throw new IllegalArgumentException("another device's identity");
        Bytes nonce = crypto.random(NONCE_BYTES);
        Bytes sealed = Bytes.concat(
                nonce, crypto.seal(sealKey, nonce, associated(sequence, issuedMillis, expiresMillis), record.raw()));
        Bytes daySeed = derive(
                crypto, identity.deviceSeed(), Bytes.concat(DAY_DOMAIN, oneByte(kind.number()), eightBytes(day)));
        Bytes signer = crypto.signingPublic(daySeed);
        SignedRecord unsigned =
                new SignedRecord(key, kind, sealed, signer, sequence, issuedMillis, expiresMillis, Bytes.EMPTY);
        Bytes raw = SignedBody.sign(crypto, daySeed, Signed.Use.HELD, RecordCodec.body(unsigned));
        return new SignedRecord(key, kind, sealed, signer, sequence, issuedMillis, expiresMillis, raw);
    }

    /**
     * Opens a record and proves that the device made it. The outer signature is for holders and not looked at here: whoever knows the owner
     * could make another one, around the same words. Anything that does not hold is a violation, {@code TAMPERED}.
     */
    public PeerRecord open(SignedRecord held) {
        if (!held.key().equals(key) || held.kind() != kind) throw tampered("a record of another place");
        Bytes nonce = held.sealed().slice(0, NONCE_BYTES);
        Bytes associated = associated(held.sequence(), held.issuedMillis(), held.expiresMillis());
        Bytes plain = crypto.open(
                sealKey,
                nonce,
                associated,
                held.sealed().slice(NONCE_BYTES, held.sealed().length()));
        PeerRecord record = RecordCodec.decodePeerRecord(plain);
        if (!record.devicePublic().equals(devicePublic)) throw tampered("a record of another device");
        boolean sameInAndOut = record.kind() == kind
                && record.day() == day
                && record.sequence() == held.sequence()
                && record.expiresMillis() == held.expiresMillis();
        if (!sameInAndOut) throw tampered("a record in a wrapping that is not its own");
        record.check(crypto);
        return record;
    }

    private Bytes associated(long sequence, long issuedMillis, long expiresMillis) {
        return Bytes.concat(
                key.bytes(),
                oneByte(kind.number()),
                eightBytes(sequence),
                eightBytes(issuedMillis),
                eightBytes(expiresMillis));
    }

    private static Bytes derive(Crypto crypto, Bytes input, Bytes info) {
        return Hkdf.expand(crypto, Hkdf.extract(crypto, Bytes.EMPTY, input), info, Hkdf.HASH_BYTES);
    }

    private static Bytes oneByte(int value) {
        return Bytes.wrap(new byte[] {(byte) value});
    }

    private static Bytes eightBytes(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) bytes[i] = (byte) (value >>> (56 - 8 * i));
        return Bytes.wrap(bytes);
    }

    private static ProtocolViolation tampered(String detail) {
        return new ProtocolViolation(Failure.Code.TAMPERED, detail);
    }
}
