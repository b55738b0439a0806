package linnet.core.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.id.Key;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the own records in the network: says them again before they are old, to the holders of the last time, and walks when too few of
 * these are left, or a while has passed and others may be nearer. A pointer for tomorrow is there two hours before midnight.
 */
final class Publisher {
    /** Clocks differ, so tomorrow's pointer is there early; readers look for yesterday's as long (SPEC decision 3). */
    private static final long MIDNIGHT_MILLIS = 2L * 60 * 60 * 1000;

    /** After nobody took a record. */
    private static final long RETRY_MILLIS = 10_000;

    /** After the two sides of a network met: within so much time, not all at once. */
    private static final int MET_MILLIS = 10_000;

    /** Every so many times a walk finds out who is nearest now. */
    private static final int WALK_ONE_IN = 8;

    /** Former holders remembered for a record that changes often. */
    private static final int FORMER_MAX = 60;

    private final Dht dht;
    private final Env env;
    private final Chance chance;
    private final Map<Kind, Own> ownByKind = new TreeMap<>();

    Publisher(Dht dht) {
        this.dht = dht;
        this.env = dht.env();
        this.chance = env.chance("dht-publish");
    }

    private static final class Own {
        final RecordMaker maker;
        long nextMillis;
        long day;
        long dayAhead;
        int round;
        boolean isWalkDue;

        /** Who said last time that they keep it, nearest first. */
        List<Whereabouts> holders = List.of();

        /** Who else has a version that readers may still take for the newest. */
        List<Whereabouts> former = List.of();

        @Nullable
        SignedRecord made;

        Own(RecordMaker maker, long nextMillis) {
            this.maker = maker;
            this.nextMillis = nextMillis;
        }
    }

    /** Begins to publish a record, or says at once that it has changed. */
    void publish(Kind kind, RecordMaker maker) {
        Own old = ownByKind.get(kind);
        Own own = new Own(maker, env.nowMillis());
        if (old != null) {
            own.day = old.day;
            own.dayAhead = old.dayAhead;
            own.holders = old.holders;
            own.former = old.former;
            own.made = old.made;
        }
        ownByKind.put(kind, own);
        if (dht.table().hasLive(1)) onTick();
    }

    /** Says it no more; what holders have runs out. */
    void unpublish(Kind kind) {
        ownByKind.remove(kind);
    }

    /** There are more peers than before, and some may be nearer: says everything again, within seconds. */
    void onMet() {
        for (Own own : ownByKind.values()) {
            own.isWalkDue = true;
            own.nextMillis = env.nowMillis();
        }
        env.after(Duration.ofMillis(1 + chance.below(MET_MILLIS)), () -> {
            if (!dht.questions().isStopped()) onTick();
        });
    }

    /** Some time has passed. */
    void onTick() {
        long now = env.nowMillis();
        long wall = env.wallMillis();
        long today = RecordSeal.day(wall);
        long soon = RecordSeal.day(wall + MIDNIGHT_MILLIS);
        for (Map.Entry<Kind, Own> entry : ownByKind.entrySet()) {
            Own own = entry.getValue();
            if (own.nextMillis <= now || own.day != today) again(entry.getKey(), own, today);
            if (entry.getKey() == Kind.POINTER && soon != today && own.dayAhead != soon) {
                own.dayAhead = soon;
                SignedRecord record = own.maker.make(soon);
                if (record != null) walk(null, record);
            }
        }
    }

    private void again(Kind kind, Own own, long today) {
        own.nextMillis = env.nowMillis() + Freshness.againMillis(kind, chance);
        if (own.day != today) own.holders = List.of();
        // A version that is too old to be taken at once is harmless; before, all who have one must hear of the next.
        boolean isEarly = own.made != null && own.day == today && Freshness.isCurrent(own.made, env.wallMillis());
        own.former = isEarly ? joined(own.former, own.holders) : own.holders;
        own.day = today;
        SignedRecord record = own.maker.make(today);
        if (record == null) return;
        own.made = record;
        boolean knowsHolders = own.holders.size() * 4 >= dht.config().holders(kind) * 3;
        own.round++;
        boolean isWalkDue = own.isWalkDue || own.round % WALK_ONE_IN == 0;
        own.isWalkDue = false;
        if (knowsHolders && !isWalkDue) tell(own, record);
        else walk(own, record);
    }

    private void walk(@Nullable Own own, SignedRecord record) {
        new Putting(dht, record, Purpose.BACKGROUND, Care.QUICK, LookupTrace.NONE, early -> {}, stored -> {
                    if (own == null) return;
                    tellFormer(own.former, stored.holders(), record);
                    // A node that joins with many others finds other holders each time at first.
                    own.isWalkDue |= own.round < WALK_ONE_IN && !areMostly(stored.holders(), own.holders);
                    own.holders = stored.holders();
                    if (stored.holders().isEmpty())
                        own.nextMillis = Math.min(own.nextMillis, env.nowMillis() + RETRY_MILLIS);
                })
                .start();
    }

    /** Returns whether at least three of four are some of the others. */
    private static boolean areMostly(List<Whereabouts> some, List<Whereabouts> others) {
        int same = 0;
        for (Whereabouts one : some) if (others.contains(one)) same++;
        return same * 4 >= some.size() * 3;
    }

    /** Those who had the last version and are no longer among the nearest hear of the new one too, or they would give out the old one. */
    private void tellFormer(List<Whereabouts> old, List<Whereabouts> now, SignedRecord record) {
        for (Whereabouts holder : old)
            if (!now.contains(holder))
                dht.questions().ask(holder, new DhtQuestion.Put(record), new Rpc.Answer<>() {
                    @Override
                    public void onAnswer(DhtAnswer.Kept answer, int rttMillis) {}

                    @Override
                    public void onFailure(Failure why) {}
                });
    }

    private static List<Whereabouts> joined(List<Whereabouts> some, List<Whereabouts> others) {
        List<Whereabouts> joined = new ArrayList<>(others);
        for (Whereabouts one : some) if (!joined.contains(one) && joined.size() < FORMER_MAX) joined.add(one);
        return joined;
    }

    /** Gives the new version to those who have the last one, and to newcomers that are nearer than one of these: readers ask them first. */
    private void tell(Own own, SignedRecord record) {
        List<Whereabouts> holders = withNearer(own.holders, record);
        tellFormer(own.former, holders, record);
        List<Whereabouts> kept = new ArrayList<>();
        int[] left = {holders.size()};
        for (Whereabouts holder : holders)
            dht.questions().ask(holder, new DhtQuestion.Put(record), new Rpc.Answer<>() {
                @Override
                public void onAnswer(DhtAnswer.Kept answer, int rttMillis) {
                    kept.add(holder);
                    told(own, record, kept, --left[0]);
                }

                @Override
                public void onFailure(Failure why) {
                    told(own, record, kept, --left[0]);
                }
            });
    }

    private void told(Own own, SignedRecord record, List<Whereabouts> kept, int left) {
        if (left > 0) return;
        int wanted = dht.config().holders(record.kind());
        // Where a crowd stands around the key a whole region has the record, and goes on having it.
        int most = Math.max(wanted, own.holders.size());
        kept.sort((one, other) ->
                record.key().compareDistance(one.peer().key(), other.peer().key()));
        own.holders = List.copyOf(kept.subList(0, Math.min(most, kept.size())));
        own.former = joined(kept.subList(own.holders.size(), kept.size()), own.former);
        if (kept.size() * 4 < wanted * 3) walk(own, record);
    }

    private List<Whereabouts> withNearer(List<Whereabouts> holders, SignedRecord record) {
        Key key = record.key();
        Key farthest = holders.get(holders.size() - 1).peer().key();
        List<Whereabouts> all = new ArrayList<>(holders);
        for (Whereabouts one : dht.table().nearest(key, dht.config().holders(record.kind())))
            if (key.compareDistance(one.peer().key(), farthest) < 0 && !holders.contains(one)) all.add(one);
        return all;
    }
}
