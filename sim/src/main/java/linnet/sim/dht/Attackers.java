package linnet.sim.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import linnet.core.env.Chance;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.link.Rpc;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Whereabouts;

/**
 * Many peers of one mind, each in a neighbourhood of addresses of its own: they work their way into the tables of others by asking,
 * answer every question at once and name only each other, nearest to what is looked for, and say that they keep what they drop.
 */
final class Attackers implements Rpc.Served {
    /** How often each of them shows itself to somebody. */
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DhtWorld world;
    private final Chance chance;
    private final List<DhtHost> members = new ArrayList<>();

    /** By the first 32 bits of their keys, so that the nearest stand together. */
    private final List<DhtHost> sorted = new ArrayList<>();

    private boolean stopped;

    Attackers(DhtWorld world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    void add(DhtHost host) {
        members.add(host);
        sorted.add(host);
        sorted.sort(Comparator.comparing(member -> member.where.peer().key()));
        host.serves(this);
        show(host);
    }

    /** They stop to show themselves; who asks them still hears what they say. */
    void stop() {
        stopped = true;
    }

    int count() {
        return members.size();
    }

    /** Asks somebody something harmless, which is what brings a peer into a table. */
    private void show(DhtHost host) {
        if (stopped) return;
        DhtHost victim = world.living().get(chance.below(world.living().size()));
        if (victim.peer != null && victim.isReachable())
            host.ask(victim.where, new DhtQuestion.Find(host.where.peer().key(), 1), PATIENCE, new Mischief.Heard<>());
        host.after(SHOWN_EVERY.plusMillis(chance.below(5_000)), () -> show(host));
    }

    @Override
    public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
        if (question instanceof DhtQuestion.Find find) reply.answer(new DhtAnswer.Nearest(nearest(find.target())));
        else if (question instanceof DhtQuestion.Get get)
            reply.answer(new DhtAnswer.Held(List.of(), nearest(get.key())));
        else if (question instanceof DhtQuestion.Put put)
            reply.answer(new DhtAnswer.Kept(put.record().sequence()));
        else if (question instanceof DhtQuestion.Compare) reply.answer(new DhtAnswer.Lacking(0));
        else if (question instanceof DhtQuestion.DialBack) reply.answer(new DhtAnswer.DialledBack(false));
        else reply.answer(new DhtAnswer.Pong(first(from.where())));
    }

    private static Endpoint first(Whereabouts where) {
        return where.endpoints().get(0);
    }

    /** Those of them nearest to a key: by XOR, so the region that shares its prefix, searched from where the key would stand. */
    private List<Whereabouts> nearest(Key target) {
        int at = 0;
        int high = sorted.size();
        while (at < high) {
            int middle = (at + high) >>> 1;
            if (sorted.get(middle).where.peer().key().compareTo(target) < 0) at = middle + 1;
            else high = middle;
        }
        int reach = 4 * DhtAnswer.PEERS_MAX;
        List<DhtHost> around =
                new ArrayList<>(sorted.subList(Math.max(0, at - reach), Math.min(sorted.size(), at + reach)));
        around.sort((one, other) -> target.compareDistance(
                one.where.peer().key(), other.where.peer().key()));
        List<Whereabouts> nearest = new ArrayList<>(DhtAnswer.PEERS_MAX);
        for (DhtHost member : around) if (nearest.size() < DhtAnswer.PEERS_MAX) nearest.add(member.where);
        return nearest;
    }
}
