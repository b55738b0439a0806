package linnet.bench.dht;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.dht.Wanted;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;

/**
 * What is put and got: the presence of a person drawn for it, a record of so many bytes. {@link #record} signs it by the device, seals it for
 * those who have the card, and signs it by the key of the day; {@link #wanted} undoes that: both as a node does, anew each time.
 */
final class Value {
    /** How long the text is that fills a record beside its keys, four delegates and a signature. */
    private static final int FILLING_MAX = 400;

    private static final int ENDPOINT_CHARS = 100;
    private static final int KEY_BYTES = 32;

    private final Crypto crypto;
    private final SignedRecord.Kind kind;
    private final Identity identity;
    private final Bytes userPublic;
    private final Bytes devicePublic;
    private final List<PeerId> delegates = new ArrayList<>();
    private final List<Endpoint> endpoints;

    private Value(Crypto crypto, SignedRecord.Kind kind, int filling) {
        this.crypto = crypto;
        this.kind = kind;
        this.identity = Identity.create(crypto);
        this.userPublic = crypto.signingPublic(identity.userSeed());
        this.devicePublic = crypto.signingPublic(identity.deviceSeed());
        for (int i = 0; i < PeerRecord.DELEGATES_MAX; i++) delegates.add(new PeerId(Key.of(crypto.random(KEY_BYTES))));
        this.endpoints = endpoints(crypto, filling);
    }

    /** Returns how much text makes a record of so many bytes. */
    static int filling(Crypto crypto, SignedRecord.Kind kind, int bytes, long wallMillis) {
        for (int filling = 1; filling <= FILLING_MAX; filling++) {
            SignedRecord record = new Value(crypto, kind, filling).record(wallMillis);
            if (record.sealed().length() - SignedRecord.SEALED_BYTES_MIN == bytes) return filling;
        }
        throw new IllegalArgumentException("no record has " + bytes + " B");
    }

    static Value draw(Crypto crypto, SignedRecord.Kind kind, int filling) {
        return new Value(crypto, kind, filling);
    }

    /** Returns the record as its owner makes it. */
    SignedRecord record(long wallMillis) {
        return seal(wallMillis)
                .seal(identity, wallMillis, wallMillis, wallMillis + kind.lifeMillis(), endpoints, delegates);
    }

    /** Returns what a reader looks for who has the card. */
    Wanted wanted(long wallMillis) {
        RecordSeal seal = seal(wallMillis);
        return new Wanted(seal.key(), kind, record -> holds(seal, record));
    }

    private RecordSeal seal(long wallMillis) {
        return new RecordSeal(crypto, userPublic, devicePublic, kind, RecordSeal.day(wallMillis));
    }

    private boolean holds(RecordSeal seal, SignedRecord record) {
        try {
            return seal.open(record).endpoints().equals(endpoints);
        } catch (ProtocolViolation e) {
            return false;
        }
    }

    private static List<Endpoint> endpoints(Crypto crypto, int chars) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int left = chars; left > 0; left -= ENDPOINT_CHARS) {
            String random =
                    HexFormat.of().formatHex(crypto.random(ENDPOINT_CHARS).toArray());
            endpoints.add(new Endpoint(random.substring(0, Math.min(left, ENDPOINT_CHARS))));
        }
        return endpoints;
    }
}
