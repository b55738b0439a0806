package linnet.sim.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.dht.Dht;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.SignedRecord;

/**
 * One stranger who breaks no seal and means harm: brings old records again, brings changed ones, asks without end, and sends packets that
 * were overheard once more, in the name of somebody who never asked for anything.
 */
final class Mischief {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Questions in one second: more than twice what anybody may ask at once. */
    private static final int FLOOD = 1_000;

    private static final int FLOOD_ANSWERED_MAX = 600;

    /** First packets overheard, and how often each is sent again. */
    private static final int OVERHEARD_MAX = 20;

    private static final int REPEATS = 5;
    private static final int FIRST = 0xf1;

    /** Nobody may be made to send more than three times what came in the name of another. */
    private static final int AMPLIFICATION_MAX = 3;

    private final DhtWorld world;
    private final Population population;
    private final NetworkRules rules;
    private final Chance chance;
    private final DhtHost stranger;
    private final DhtHost victim;
    private final Map<Bytes, SignedRecord> firstBySigner = new TreeMap<>();
    private final List<HostPackets.Arrival> overheard = new ArrayList<>();
    private int spoofedBytes;
    private int sentToVictim;

    Mischief(DhtWorld world, Population population, NetworkRules rules, Chance chance) {
        this.world = world;
        this.population = population;
        this.rules = rules;
        this.chance = chance;
        this.stranger = world.admit(true);
        this.victim = world.admit(false);
        world.onMade(record -> firstBySigner.putIfAbsent(record.signer(), record));
        world.onPackets(this::onPacket);
    }

    void begin() {
        stranger.after(EVERY, this::act);
        stranger.after(EVERY.multipliedBy(20), this::flood);
    }

    private void act() {
        DhtPeer holder = population.anybodyAwake();
        if (holder != null && holder.host.isHeard())
            for (SignedRecord kept : holder.dht.shelf()) {
                SignedRecord first = firstBySigner.get(kept.signer());
                if (first != null && first.sequence() < kept.sequence() && chance.happens(0.2)) bring(holder, first);
                if (chance.happens(0.2)) bring(holder, LyingStorer.changed(kept));
            }
        for (HostPackets.Arrival packet : overheard)
            for (int i = 0; i < REPEATS; i++) {
                spoofedBytes += packet.bytes();
                world.plan(packet.from(victim), 1 + chance.below(50));
            }
        overheard.clear();
        if (sentToVictim > AMPLIFICATION_MAX * spoofedBytes)
            rules.broken("amplifies", spoofedBytes + " B in another's name were answered with " + sentToVictim + " B");
        stranger.after(EVERY, this::act);
    }

    private void bring(DhtPeer to, SignedRecord record) {
        stranger.ask(to.host.where, new DhtQuestion.Put(record), PATIENCE, new Heard<>());
    }

    /** Asks one peer without end, past whatever carries questions. */
    private void flood() {
        DhtPeer asked = population.anybodyAwake();
        if (asked == null || !asked.host.isHeard()) return;
        Dht dht = asked.dht;
        int[] answered = {0};
        for (int i = 0; i < FLOOD; i++)
            dht.onQuestion(
                    new Rpc.Asker(stranger.where, false),
                    new DhtQuestion.Ping(),
                    answer -> answered[0] += answer instanceof DhtAnswer.Refused ? 0 : 1);
        if (answered[0] > FLOOD_ANSWERED_MAX)
            rules.broken("limits", answered[0] + " of " + FLOOD + " questions of one peer were answered in one moment");
    }

    private void onPacket(DhtHost from, int to, Bytes packet) {
        if (to == victim.number) sentToVictim += packet.length();
        if (packet.at(0) != FIRST || from == victim || overheard.size() == OVERHEARD_MAX) return;
        overheard.add(new HostPackets.Arrival(from, to, packet));
    }

    /** Takes an answer that nobody wants. */
    static final class Heard<A extends DhtAnswer> implements Rpc.Answer<A> {
        @Override
        public void onAnswer(A answer, int rttMillis) {}

        @Override
        public void onFailure(Failure why) {}
    }
}
