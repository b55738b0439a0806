package linnet.core.dht;

import java.util.function.Consumer;
import linnet.core.wire.SignedRecord;
import org.jspecify.annotations.Nullable;

/** Several lookups for what one owner says, on neighbour days: the newest is the answer, at once if nothing newer can exist. */
final class Reading {
    private final Dht dht;
    private final Care care;
    private final Consumer<Fetched> onFetched;
    private final long startMillis;
    private @Nullable Fetched best;
    private int left;
    private int questions;
    private int failures;
    private boolean isToldOf;

    Reading(Dht dht, int lookups, Care care, Consumer<Fetched> onFetched) {
        this.dht = dht;
        this.left = lookups;
        this.care = care;
        this.onFetched = onFetched;
        this.startMillis = dht.env().nowMillis();
    }

    void onFetched(Fetched fetched) {
        left--;
        questions += fetched.cost().questions();
        failures += fetched.cost().failures();
        SignedRecord record = fetched.record();
        SignedRecord old = best == null ? null : best.record();
        if (best == null || (record != null && (old == null || record.sequence() > old.sequence()))) best = fetched;
        boolean isCurrent = care == Care.QUICK
                && record != null
                && Freshness.isCurrent(record, dht.env().wallMillis());
        if (isToldOf || (left > 0 && !isCurrent)) return;
        isToldOf = true;
        long took = dht.env().nowMillis() - startMillis;
        LookupCost cost = new LookupCost(best.cost().hops(), questions, failures, took);
        onFetched.accept(new Fetched(best.record(), best.isCached(), cost));
    }
}
