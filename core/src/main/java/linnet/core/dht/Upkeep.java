package linnet.core.dht;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeSet;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Timer;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the table alive, a few questions at a time: any traffic counts as a check, so only contacts that were silent for long are asked
 * whether they are there. A node that slept, or whose host grants it a window, does all of that in one burst (SPEC D3).
 */
final class Upkeep {
    /** Between two looks at what is due. */
    private static final int TICK_MILLIS = 20_000;

    /** The same while the network seems to be parted, and the other side is looked for. */
    private static final int PARTED_TICK_MILLIS = 8_000;

    /** The whole table and all records are gone through at every third look: that costs more than all else a look does. */
    private static final int THOROUGH_ONE_IN = 3;

    /** A newcomer's first looks are all thorough: its table changes with each. */
    private static final int THOROUGH_FIRST = 9;

    /** Contacts asked at a thorough look: 264 of them come around in half an hour, and every second one asks first. */
    private static final int CHECKS = 9;

    /** Hearsay is kept for as long as so many checks of a contact take. */
    private static final int HEARSAY_CHECKS = 2;

    /** A look that comes so late means that the device slept. */
    private static final int ASLEEP_MILLIS = 5 * 60_000;

    /** In a burst: contacts that spoke within this time are not asked. */
    private static final int BURST_SILENT_MILLIS = 10_000;

    private static final int BURST_STEP_MILLIS = 200;
    private static final int BURST_STEP_PEERS = 8;

    /** A burst has ended before an operating system ends its window. */
    private static final int BURST_MILLIS = 20_000;

    /** Far buckets asked for at once after joining; the rest fill while time passes. */
    private static final int FAR_BUCKETS_FIRST = 8;

    /** Questions for the first two of these, one less for each two that follow: every second walk begins in the first, every fourth in the next. */
    private static final int FAR_QUESTIONS_FIRST = 4;

    /** Looks between two announcements, at most: one hour. A node that found few peers, because all came together, tries again soon. */
    private static final int ANNOUNCE_PAUSE_MAX = 180;

    /** Peers asked for to fill a bucket: three of one answer are taken. */
    private static final int FILL_WANTED = 4;

    /** Looks without a question for a bucket with room, at most: half an hour. */
    private static final int FILL_PAUSE_MAX = 90;

    private final Dht dht;
    private final Env env;
    private final RoutingTable table;
    private final Questions questions;
    private final Chance chance;
    private final ArrayDeque<Whereabouts> burst = new ArrayDeque<>();
    private final TreeSet<PeerId> askedTwice = new TreeSet<>();
    private @Nullable Timer timer;
    private @Nullable Timer burstTimer;
    private long lastMillis;
    private long burstEndMillis;
    private int looks;
    private int fillNext;
    private int fillRest;
    private int fillPause;
    private int announceRest;
    private int announcePause;
    private List<Whereabouts> announceNext = List.of();
    private boolean isAnnouncing;
    private boolean isAnnounced;

    Upkeep(Dht dht) {
        this.dht = dht;
        this.env = dht.env();
        this.table = dht.table();
        this.questions = dht.questions();
        this.chance = env.chance("dht-upkeep");
    }

    void start() {
        lastMillis = env.nowMillis();
        timer = env.after(Duration.ofMillis(1 + chance.below(TICK_MILLIS)), this::tick);
    }

    void stop() {
        if (timer != null) timer.cancel();
        if (burstTimer != null) burstTimer.cancel();
        timer = null;
        burstTimer = null;
    }

    /** Returns whether those near the own key were asked, and so know of this node. */
    boolean isAnnounced() {
        return isAnnounced;
    }

    /** Asks for the own key: those near it learn of this node, and it of them (SPEC R4). Then fills the far buckets. */
    void announce() {
        announce(List.of());
    }

    /** The same, beginning at these too: the other side of a network that was parted. */
    void announce(List<Whereabouts> besides) {
        if (isAnnouncing) {
            // The walk under way may be one among the dead.
            if (!besides.isEmpty()) announceNext = besides;
            return;
        }
        isAnnouncing = true;
        // Until others can reach this node there is nothing to announce: few neighbours are enough to find that out.
        int width =
                dht.isKnownToServe() ? dht.config().bucketSize() : dht.config().nearest();
        Key self = dht.self().peer().key();
        new Finding(dht, self, width, Purpose.NORMAL, false, LookupTrace.NONE, found -> {
                    isAnnouncing = false;
                    List<Whereabouts> next = announceNext;
                    announceNext = List.of();
                    if (!next.isEmpty()) announce(next);
                    if (found.nearest().isEmpty()) return;
                    boolean isFirst = !isAnnounced;
                    isAnnounced = true;
                    boolean isAmongMany = found.nearest().size() >= width;
                    announcePause =
                            isAmongMany ? ANNOUNCE_PAUSE_MAX : Math.min(ANNOUNCE_PAUSE_MAX, 2 * announcePause + 1);
                    announceRest = announcePause;
                    if (isFirst) fillFar();
                    dht.onJoined();
                })
                .startBesides(besides);
    }

    /** The host has a moment for this node: everything that is due is done within it. */
    void onWindow() {
        burst.clear();
        askedTwice.clear();
        // Those with a link answer, which shows that this node is not cut off; so the silence of others counts.
        burst.addAll(table.linked());
        burst.addAll(table.toCheck(BURST_SILENT_MILLIS, Integer.MAX_VALUE - 1, env.nowMillis()));
        burstEndMillis = env.nowMillis() + BURST_MILLIS;
        if (burstTimer != null) burstTimer.cancel();
        burstTimer = env.after(Duration.ZERO, this::burst);
    }

    private void tick() {
        long now = env.nowMillis();
        boolean slept = now - lastMillis > ASLEEP_MILLIS;
        lastMillis = now;
        boolean isParted = dht.losses().isParted(now);
        boolean isThorough = isParted || looks < THOROUGH_FIRST || looks % THOROUGH_ONE_IN == 0;
        looks++;
        int pause = isParted ? PARTED_TICK_MILLIS : TICK_MILLIS;
        timer = env.after(Duration.ofMillis(pause - pause / 10 + chance.below(pause / 5)), this::tick);
        if (slept) onWindow();
        else if (!isAnnounced || !table.hasLive(1) || announceRest-- <= 0) announce();
        else {
            if (isThorough) check(now);
            fillOne();
            probeLost(now);
        }
        dht.onTick(isThorough);
    }

    private void check(long now) {
        long silent = dht.config().checkAfter().toMillis();
        for (Whereabouts contact : table.toCheck(silent, CHECKS, now)) ping(contact);
        if (table.hasLive(1)) table.forgetHearsay(HEARSAY_CHECKS * silent, now);
    }

    /** The answer speaks to the table. */
    private void ping(Whereabouts peer) {
        questions.askInTurn(peer, new DhtQuestion.Ping(), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {}

            @Override
            public void onFailure(Failure why) {}
        });
    }

    private void probeLost(long now) {
        Whereabouts lost = dht.losses().toProbe(now);
        if (lost != null) ping(lost);
    }

    /** Looks for peers of the next bucket of which a sixth is free: one question. */
    private void fillOne() {
        int depth = table.depth();
        if (fillRest > 0) {
            fillRest--;
            return;
        }
        for (int i = 0; i < depth - 1; i++) {
            fillNext = (fillNext + 1) % (depth - 1);
            if (table.fill(fillNext) * 6 >= dht.config().bucketSize() * 5) continue;
            fill(fillNext);
            return;
        }
    }

    private void fillFar() {
        int buckets = Math.min(FAR_BUCKETS_FIRST, table.depth() - 1);
        for (int i = 0; i < buckets; i++) for (int asked = i / 2; asked < FAR_QUESTIONS_FIRST; asked++) fill(i);
    }

    /** One question. When it shows nobody new, the next one waits twice as long: the deep buckets of a small network are never full. */
    private void fill(int bucket) {
        Key target = keyIn(bucket);
        List<Whereabouts> nearest = table.nearest(target, dht.config().nearest());
        if (nearest.isEmpty()) return;
        Whereabouts one = nearest.get(chance.below(nearest.size()));
        int before = table.told();
        questions.askInTurn(one, new DhtQuestion.Find(target, FILL_WANTED), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Nearest answer, int rttMillis) {
                fillPause = table.told() > before ? 0 : Math.min(FILL_PAUSE_MAX, 2 * fillPause + 1);
                fillRest = fillPause;
            }

            @Override
            public void onFailure(Failure why) {}
        });
    }

    /** Returns a random key that belongs into a bucket: the own one, changed in the bit that makes the bucket and in all below. */
    private Key keyIn(int bucket) {
        Key self = dht.self().peer().key();
        Key key = self.flipped(bucket);
        // Sixteen more bits are more than any table is deep beyond a bucket with room.
        for (int bit = bucket + 1; bit < Math.min(256, bucket + 17); bit++)
            if (chance.happens(0.5)) key = key.flipped(bit);
        return key;
    }

    private void burst() {
        burstTimer = null;
        for (int i = 0; i < BURST_STEP_PEERS && !burst.isEmpty(); i++) burstAsk(burst.remove());
        if (env.nowMillis() >= burstEndMillis) burst.clear();
        if (!burst.isEmpty()) burstTimer = env.after(Duration.ofMillis(BURST_STEP_MILLIS), this::burst);
        else {
            announce(table.linked());
            dht.onTick(true);
        }
    }

    /** Whoever misses two questions in a row is gone, if anybody else was heard meanwhile. */
    private void burstAsk(Whereabouts contact) {
        long askedMillis = env.nowMillis();
        questions.ask(contact, new DhtQuestion.Ping(), new Rpc.Answer<>() {
            @Override
            public void onAnswer(DhtAnswer.Pong answer, int rttMillis) {}

            @Override
            public void onFailure(Failure why) {
                if (!questions.wasHeardSince(askedMillis) || env.nowMillis() >= burstEndMillis) return;
                if (askedTwice.add(contact.peer())) burstAsk(contact);
                else if (table.onGone(contact.peer())) questions.onGone(contact);
            }
        });
    }
}
