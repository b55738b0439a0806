package linnet.sim.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;

/** A peer that keeps what it is given and lies about it: it changes records, shows the oldest version that it ever had, or shows none. */
final class LyingStorer implements Rpc.Served {
    private final Rpc.Served honest;
    private final Lie lie;
    private final Map<Key, SignedRecord> oldestByKey = new TreeMap<>();

    LyingStorer(Rpc.Served honest, Lie lie) {
        this.honest = honest;
        this.lie = lie;
    }

    /** How it lies. */
    enum Lie {
        CHANGES,
        SHOWS_OLDER,
        SHOWS_NONE
    }

    @Override
    public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
        if (question instanceof DhtQuestion.Put put)
            oldestByKey.putIfAbsent(put.record().key(), put.record());
        honest.onQuestion(
                from, question, answer -> reply.answer(answer instanceof DhtAnswer.Held held ? bent(held) : answer));
    }

    private DhtAnswer bent(DhtAnswer.Held held) {
        List<SignedRecord> records = new ArrayList<>();
        for (SignedRecord record : held.records()) {
            SignedRecord oldest = oldestByKey.getOrDefault(record.key(), record);
            if (lie == Lie.CHANGES) records.add(changed(record));
            if (lie == Lie.SHOWS_OLDER) records.add(oldest);
        }
        return new DhtAnswer.Held(records, held.peers());
    }

    /** One bit under the seal is another, and the number is higher, so that it would win if it were believed. */
    static SignedRecord changed(SignedRecord record) {
        byte[] sealed = record.sealed().toArray();
        sealed[sealed.length / 2] ^= 1;
        byte[] raw = record.raw().toArray();
        raw[raw.length / 2] ^= 1;
        return new SignedRecord(
                record.key(),
                record.kind(),
                Bytes.wrap(sealed),
                record.signer(),
                record.sequence() + 1,
                record.issuedMillis(),
                record.expiresMillis(),
                Bytes.wrap(raw));
    }
}
