package linnet.core.dht;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.id.Key;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.DhtQuestion.Digest;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Holders bring records to the peers that are nearest now, so that a record outlives those it was given to (SPEC D6). One of them does it
 * for all: each draws a moment within a window, whoever is first compares digests with the others, and that tells them to draw anew. Only
 * who lacks the record gets it. A presence lives shorter than a window and is left to its owner.
 */
final class Republishing {
    /** Moments are drawn from three quarters to five quarters of the interval. */
    private static final int WINDOW_PARTS = 4;

    /** A holder that is no longer one of the nearest waits so many times longer. */
    private static final int OUTER_INTERVALS = 4;

    /** One time in so many a walk looks for peers that the table does not know. */
    private static final int WALK_ONE_IN = 4;

    /**
     * Questions' worth of records in one look. A full shelf is 4,096 records in an hour with a look a minute; five times 16 are 4,800, with room for
     * looks that come late.
     */
    private static final int BATCHES_MAX = 5;

    /** Walks at once, so that a shelf full of records does not flood the neighbourhood. */
    private static final int WALKS_MAX = 2;

    private final Dht dht;
    private final Env env;
    private final Crypto crypto;
    private final Shelf shelf;
    private final Chance chance;
    private int walks;

    /** The key that came last: with more due than a look takes, the next one goes on there. */
    private @Nullable Key last;

    Republishing(Dht dht, Crypto crypto, Shelf shelf) {
        this.dht = dht;
        this.env = dht.env();
        this.crypto = crypto;
        this.shelf = shelf;
        this.chance = env.chance("dht-republish");
    }

    /** Returns when this node brings a record to others if nobody else does before. */
    long drawMillis(SignedRecord record) {
        if (record.kind() == Kind.PRESENCE) return Long.MAX_VALUE;
        int interval = (int) dht.config().republish().toMillis();
        long wait = (long) interval - interval / WINDOW_PARTS + chance.below(interval / 2);
        return env.nowMillis() + (isOneOfTheNearest(record) ? wait : OUTER_INTERVALS * wait);
    }

    /** Others have the duty while they live; a holder farther away is there for the day when all of them leave together. */
    private boolean isOneOfTheNearest(SignedRecord record) {
        int holders = dht.config().holders(record.kind());
        List<Whereabouts> nearest = dht.table().nearest(record.key(), holders);
        return nearest.size() < holders
                || record.key()
                                .compareDistance(
                                        dht.self().peer().key(),
                                        nearest.get(holders - 1).peer().key())
                        < 0;
    }

    /** Some time has passed: brings what is due, the records of one neighbourhood together. */
    void onTick() {
        if (!dht.table().hasLive(1)) return;
        for (int i = 0; i < BATCHES_MAX; i++) {
            List<Shelf.Slot> due = shelf.due(env.nowMillis(), last, DhtQuestion.Compare.DIGESTS_MAX);
            bringAll(due);
            if (due.size() < DhtQuestion.Compare.DIGESTS_MAX) return;
            last = due.get(due.size() - 1).record.key();
        }
    }

    private void bringAll(List<Shelf.Slot> due) {
        List<Batch> batches = new ArrayList<>();
        for (Shelf.Slot slot : due) {
            slot.republishMillis = drawMillis(slot.record);
            if (chance.below(WALK_ONE_IN) == 0 && walks < WALKS_MAX) walk(slot.record);
            else
                addTo(
                        batches,
                        slot.record,
                        dht.table().nearest(slot.record.key(), dht.config().holders(slot.record.kind())));
        }
        for (Batch batch : batches) compare(batch);
    }

    /** The records that one peer should have. */
    private record Batch(Whereabouts peer, List<SignedRecord> records) {}

    private void walk(SignedRecord record) {
        walks++;
        int holders = dht.config().holders(record.kind());
        new Finding(dht, record.key(), holders, Purpose.BACKGROUND, false, LookupTrace.NONE, found -> {
                    walks--;
                    List<Batch> batches = new ArrayList<>();
                    addTo(
                            batches,
                            record,
                            found.nearest()
                                    .subList(
                                            0, Math.min(holders, found.nearest().size())));
                    for (Batch batch : batches) compare(batch);
                })
                .start();
    }

    /** Leaves out those who are farther than this node while it is one of the holders itself. */
    private void addTo(List<Batch> batches, SignedRecord record, List<Whereabouts> nearest) {
        Key self = dht.self().peer().key();
        int holders = dht.config().holders(record.kind());
        for (int i = 0; i < nearest.size(); i++) {
            Whereabouts peer = nearest.get(i);
            boolean isLast = i == holders - 1;
            if (isLast && record.key().compareDistance(self, peer.peer().key()) < 0) break;
            Batch batch = batchOf(batches, peer);
            if (batch.records.size() < DhtQuestion.Compare.DIGESTS_MAX) batch.records.add(record);
        }
    }

    private static Batch batchOf(List<Batch> batches, Whereabouts peer) {
        for (Batch batch : batches) if (batch.peer.peer().equals(peer.peer())) return batch;
        Batch batch = new Batch(peer, new ArrayList<>());
        batches.add(batch);
        return batch;
    }

    private void compare(Batch batch) {
        List<Digest> digests = new ArrayList<>(batch.records.size());
        for (SignedRecord record : batch.records) digests.add(Digest.of(crypto, record));
        dht.questions().askInTurn(batch.peer, new DhtQuestion.Compare(digests), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Lacking lacking, int rttMillis) {
                for (int i = 0; i < batch.records.size(); i++)
                    if ((lacking.bits() >>> i & 1) != 0) bring(batch.peer, batch.records.get(i));
            }

            @Override
            public void onFailure(Failure why) {}
        });
    }

    private void bring(Whereabouts peer, SignedRecord record) {
        dht.questions().ask(peer, new DhtQuestion.Put(record), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Kept kept, int rttMillis) {}

            @Override
            public void onFailure(Failure why) {}
        });
    }
}
