package linnet.app.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges from outside the nodes: what was sent (the call of {@code send} returned), what was shown (a {@code received} event came), and
 * how far each message went. Thread-safe.
 */
final class Ledger {
    /** Each message is told to have been taken in, sent and delivered. */
    private static final List<String> STAGES = List.of("queued", "sent", "delivered");

    private final Map<String, Sent> sentById = new LinkedHashMap<>();
    private final List<Shown> shown = new ArrayList<>();
    private final Map<String, Set<String>> stagesById = new LinkedHashMap<>();
    private final Map<String, Integer> countByStream = new LinkedHashMap<>();

    /**
     * A message that was accepted.
     *
     * @param stream who writes to whom
     * @param place its place there
     * @param timed for the delivery time
     */
    private record Sent(String id, String stream, int place, String text, long atNanos, boolean timed) {}

    /** A message that was shown. */
    private record Shown(String id, String stream, String text, long atNanos) {}

    synchronized void sent(String id, String stream, String text, boolean timed) {
        int place = countByStream.merge(stream, 1, Integer::sum);
        sentById.put(id, new Sent(id, stream, place, text, System.nanoTime(), timed));
    }

    synchronized void shown(String id, String stream, String text) {
        shown.add(new Shown(id, stream, text, System.nanoTime()));
        notifyAll();
    }

    synchronized void stage(String id, String stage) {
        stagesById.computeIfAbsent(id, ignored -> new LinkedHashSet<>()).add(stage);
        notifyAll();
    }

    /** Waits until so many different messages were shown, and told as delivered; returns whether they were in time. */
    synchronized boolean await(int count, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (delivered() < count || told() < count) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) return false;
            wait(leftMillis);
        }
        return true;
    }

    /** Returns when the first message was shown, or 0. */
    synchronized long firstNanos() {
        return shown.isEmpty() ? 0 : shown.get(0).atNanos();
    }

    /** Returns how many sent messages were shown. */
    synchronized int delivered() {
        Set<String> ids = new LinkedHashSet<>();
        for (Shown one : shown) if (isOurs(one)) ids.add(one.id());
        return ids.size();
    }

    /** Returns how many sent messages were never shown. */
    synchronized int lost() {
        return sentById.size() - delivered();
    }

    /** Returns how many were shown again, or were never sent. */
    synchronized int duplicates() {
        return shown.size() - delivered();
    }

    /** Returns how many were shown after one that was sent later. */
    synchronized int outOfOrder() {
        Map<String, Integer> furthest = new LinkedHashMap<>();
        int count = 0;
        for (Shown one : shown) {
            Sent sent = sentById.get(one.id());
            if (sent == null) continue;
            int before = furthest.getOrDefault(sent.stream(), 0);
            if (sent.place() < before) count++;
            furthest.put(sent.stream(), Math.max(before, sent.place()));
        }
        return count;
    }

    /** Returns how many sent messages lack one of their stages, or were told to have failed. */
    synchronized int stagesMissing() {
        int count = 0;
        for (String id : sentById.keySet()) {
            Set<String> stages = stagesById.getOrDefault(id, Set.of());
            if (!stages.containsAll(STAGES) || stages.contains("failed")) count++;
        }
        return count;
    }

    /** Returns the delivery time that a share of the timed messages did not exceed, in milliseconds; 0 without any. */
    synchronized double deliveryMillis(double share) {
        List<Long> nanos = new ArrayList<>();
        for (Shown one : shown) {
            Sent sent = sentById.get(one.id());
            // The message may be on the other screen before the answer of the call is read here.
            if (sent != null && sent.timed()) nanos.add(Math.max(0, one.atNanos() - sent.atNanos()));
        }
        if (nanos.isEmpty()) return 0;
        Collections.sort(nanos);
        int place = (int) Math.ceil(share * nanos.size()) - 1;
        return Math.round(nanos.get(Math.max(0, place)) / 1e4) / 100.0;
    }

    private int told() {
        int count = 0;
        for (Map.Entry<String, Set<String>> entry : stagesById.entrySet())
            if (sentById.containsKey(entry.getKey()) && entry.getValue().contains("delivered")) count++;
        return count;
    }

    private boolean isOurs(Shown one) {
        Sent sent = sentById.get(one.id());
        return sent != null && sent.stream().equals(one.stream()) && sent.text().equals(one.text());
    }
}
