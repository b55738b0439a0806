package linnet.bench.crash;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was promised and what was shown, noted outside of the nodes: numbers whose sending was acknowledged, and numbers in the
 * receiver's events. Thread-safe.
 */
final class Ledger {
    private final Map<Integer, Integer> shownByNumber = new TreeMap<>();
    private final Map<Integer, Boolean> acknowledgedByNumber = new TreeMap<>();
    private int acknowledged;
    private int missing;
    private int duplicates;
    private int open;
    private long shown;
    private long lastEvent;

    /** A call begins. */
    synchronized void onSend(int number) {
        acknowledgedByNumber.put(number, false);
        open++;
    }

    /** The call ended: the node took the message in, or nobody knows. A message that nobody knows of may be shown, but only once. */
    synchronized void onAnswer(int number, boolean taken) {
        open--;
        if (!taken) return;
        acknowledgedByNumber.put(number, true);
        acknowledged++;
        if (!shownByNumber.containsKey(number)) missing++;
    }

    /** The receiver showed a number in an event. */
    synchronized void onShown(int number, long event) {
        if (event <= lastEvent) throw new IllegalStateException("event " + event + " after event " + lastEvent);
        lastEvent = event;
        shown++;
        Boolean promised = acknowledgedByNumber.get(number);
        if (promised == null) throw new IllegalStateException("a message was shown that nobody sent: " + number);
        int times = shownByNumber.merge(number, 1, Integer::sum);
        if (times > 1) duplicates++;
        else if (promised) missing--;
    }

    /** Returns how many were acknowledged. */
    synchronized int acknowledged() {
        return acknowledged;
    }

    /** Returns how many were acknowledged and not shown yet; at the end they are lost. */
    synchronized int missing() {
        return missing;
    }

    /** Returns how many were shown again. */
    synchronized int duplicates() {
        return duplicates;
    }

    /** Returns how many were shown, each time counted. */
    synchronized long shown() {
        return shown;
    }

    /** Returns whether something is on its way: a call without an answer, or a message that is not shown. */
    synchronized boolean isInFlight() {
        return open > 0 || missing > 0;
    }
}
