package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;

/** Peers and records made of little: keys of a few bits, addresses in turn. */
final class Somebody {
    private static final Bytes LINK = Bytes.wrap(new byte[32]);

    private Somebody() {}

    static Key key(Chance chance) {
        long one = chance.nextLong();
        long two = chance.nextLong();
        long three = chance.nextLong();
        long four = chance.nextLong();
        return new Key(
                (int) one,
                (int) (one >>> 32),
                (int) two,
                (int) (two >>> 32),
                (int) three,
                (int) (three >>> 32),
                (int) four,
                (int) (four >>> 32));
    }

    /** A key whose first eight bits are given, the rest zero. */
    static Key tiny(int firstByte) {
        return new Key(firstByte << 24, 0, 0, 0, 0, 0, 0, 0);
    }

    static Whereabouts at(Key key, String endpoint) {
        return new Whereabouts(new PeerId(key), LINK, List.of(new Endpoint(endpoint)));
    }

    /** At an address that shares its group with nobody. */
    static Whereabouts alone(Key key) {
        return at(key, "mem:" + key.hex());
    }

    static Whereabouts linkOnly(Key key) {
        return new Whereabouts(new PeerId(key), LINK, List.of());
    }

    static List<Whereabouts> crowd(Chance chance, int count) {
        List<Whereabouts> crowd = new ArrayList<>();
        for (int i = 0; i < count; i++) crowd.add(alone(key(chance)));
        return crowd;
    }

    static List<Whereabouts> sorted(Key target, List<Whereabouts> peers) {
        List<Whereabouts> sorted = new ArrayList<>(peers);
        sorted.sort((a, b) -> target.compareDistance(a.peer().key(), b.peer().key()));
        return sorted;
    }

    /** A record whose signature nobody looks at. */
    static SignedRecord record(
            Key key, SignedRecord.Kind kind, int signer, long sequence, long issuedMillis, int bytes) {
        byte[] sealed = new byte[28];
        byte[] raw = new byte[bytes];
        raw[0] = (byte) signer;
        raw[1] = (byte) sequence;
        byte[] signerKey = new byte[32];
        signerKey[0] = (byte) signer;
        return new SignedRecord(
                key,
                kind,
                Bytes.wrap(sealed),
                Bytes.wrap(signerKey),
                sequence,
                issuedMillis,
                issuedMillis + kind.lifeMillis(),
                Bytes.wrap(raw));
    }
}
