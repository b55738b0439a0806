package linnet.sim.scenario;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.sim.host.Seed;
import linnet.sim.host.World;
import linnet.sim.invariant.Judge;
import linnet.sim.invariant.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * Makes contacts as people do: one makes an invite, hands the link over by hand, the other takes it; and if that came to
 * nothing, they do it again. Some links are shared with two, taken too late, or handed out by a host that forgets.
 */
final class Introductions {
    private static final int SECOND = 1_000;
    private static final int AGAIN_MILLIS = 30 * SECOND;
    private static final int AWAY_MILLIS = 5 * SECOND;
    private static final long LIFE_LONG_MILLIS = 48L * 60 * 60 * SECOND;
    private static final int LIFE_SHORT_MILLIS = 6 * SECOND;

    private final World world;
    private final Judge judge;
    private final Chance chance;
    private final long endMillis;
    private final boolean hasCrashes;
    private final Consumer<String> overhear;

    Introductions(World world, Judge judge, Seed seed, long endMillis, boolean hasCrashes, Consumer<String> overhear) {
        this.world = world;
        this.judge = judge;
        this.chance = seed.stream("introductions", 0);
        this.endMillis = endMillis;
        this.hasCrashes = hasCrashes;
        this.overhear = overhear;
    }

    /** Plans how everybody meets somebody: each with one or more of those before. */
    void plan(List<Person> people) {
        int latest = (int) Math.min(120L * SECOND, endMillis / 4);
        for (int i = 1; i < people.size(); i++) {
            int count = 1 + chance.below(Math.min(i, 3));
            for (int k = 0; k < count; k++) {
                Person one = people.get(i);
                Person other = people.get(chance.below(i));
                if (one.friends().contains(other)) continue;
                one.friends().add(other);
                other.friends().add(one);
                boolean isTurned = chance.happens(0.5);
                boolean isMutual = chance.happens(0.15);
                Person maker = isTurned ? other : one;
                Person taker = isTurned ? one : other;
                int millis = SECOND + chance.below(chance.happens(0.9) ? latest : (int) (endMillis * 3 / 4));
                world.after(millis, () -> invite(maker, taker));
                if (isMutual) world.after(millis + chance.below(SECOND), () -> invite(taker, maker));
            }
        }
        if (people.size() > 2) planSharedLink(people, latest);
    }

    /** Two people take the same link; the second is told that it was used. */
    private void planSharedLink(List<Person> people, int latest) {
        Person maker = people.get(chance.below(people.size()));
        Person first = people.get(chance.below(people.size()));
        Person second = people.get(chance.below(people.size()));
        boolean isKnown = maker.friends().contains(first) || maker.friends().contains(second);
        if (maker == first || maker == second || first == second || isKnown) return;
        world.after(
                SECOND + chance.below(latest),
                () -> made(maker, LIFE_LONG_MILLIS, link -> {
                    take(link, maker, first);
                    take(link, maker, second);
                }));
    }

    private void invite(Person maker, Person taker) {
        if (world.nowMillis() >= endMillis || stateOf(maker, taker) == Event.ContactState.ACCEPTED) return;
        if (!maker.isUp()) {
            world.after(AWAY_MILLIS, () -> invite(maker, taker));
            return;
        }
        long life = chance.happens(0.1) ? LIFE_SHORT_MILLIS : LIFE_LONG_MILLIS;
        made(maker, life, link -> take(link, maker, taker));
        world.after(AGAIN_MILLIS, () -> check(maker, taker));
    }

    private void made(Person maker, long lifeMillis, Taker taker) {
        maker.host().call(() -> {
            Result<String> made = maker.node().invite(lifeMillis);
            if (!(made instanceof Result.Ok<String> ok)) return;
            boolean isOverheard = chance.happens(0.2);
            int delay = Seed.between(chance, 100, 20 * SECOND);
            boolean isForgotten = hasCrashes && chance.happens(0.05);
            judge.invitations().onMade(maker.host().index(), ok.value(), isForgotten);
            if (isOverheard) overhear.accept(ok.value());
            if (isForgotten) {
                world.after(0, () -> maker.host().crash(true));
                world.after(SECOND, maker.host()::start);
                world.after(delay, () -> taker.take(ok.value()));
            } else {
                maker.host().store().sync(() -> world.after(delay, () -> taker.take(ok.value())));
            }
        });
    }

    private void take(String link, Person maker, Person taker) {
        if (world.nowMillis() >= endMillis) return;
        if (!taker.isUp()) {
            world.after(AWAY_MILLIS, () -> take(link, maker, taker));
            return;
        }
        taker.host().call(() -> {
            Result<UserId> added = taker.node().add(link);
            if (added instanceof Result.Ok<UserId> ok && !ok.value().equals(maker.user()))
                judge.judge(taker.host(), "contacts: the link leads to somebody else");
            if (added instanceof Result.Ok<UserId>) judge.invitations().onTaken(taker.host(), link);
            if (added instanceof Result.Ok<UserId> && !maker.isUp()) judge.reach(Sometimes.REQUEST_WHILE_AWAY);
            if (added instanceof Result.Ok<UserId> && stateOf(maker, taker) == Event.ContactState.REQUESTED)
                judge.reach(Sometimes.BOTH_INVITED);
            if (added instanceof Result.No<UserId> no && no.why().code() == Failure.Code.EXPIRED)
                judge.reach(Sometimes.INVITE_EXPIRED);
        });
    }

    /** Looks whether it came to something, and if not, begins again. */
    private void check(Person maker, Person taker) {
        if (world.nowMillis() >= endMillis) return;
        Event.ContactState state = taker.isUp() ? stateOf(taker, maker) : Event.ContactState.REQUESTED;
        if (state == Event.ContactState.ACCEPTED) return;
        if (state == Event.ContactState.REQUESTED) world.after(AGAIN_MILLIS, () -> check(maker, taker));
        else invite(maker, taker);
    }

    /** Judges at the end: nobody waits for an answer, and what one side has the other has too. */
    void end(List<Person> people) {
        for (Person one : people)
            for (ContactView contact : one.node().contacts()) {
                Person other = personOf(people, contact.user());
                if (other == null) continue;
                if (contact.state() == Event.ContactState.REQUESTED)
                    judge.judge(one.host(), "converges: the request to " + other + " was never answered");
                if (contact.state() != Event.ContactState.ACCEPTED) continue;
                if (stateOf(other, one) != Event.ContactState.ACCEPTED)
                    judge.judge(
                            one.host(),
                            "contacts: " + other + " is accepted here, and there " + one + " is "
                                    + stateOf(other, one));
                else if (!one.node()
                        .safetyNumber(other.user())
                        .equals(other.node().safetyNumber(one.user())))
                    judge.judge(one.host(), "contacts: the safety number is not " + other + "'s");
            }
    }

    static Event.@Nullable ContactState stateOf(Person who, Person contact) {
        if (!who.isUp()) return null;
        for (ContactView view : who.node().contacts()) if (view.user().equals(contact.user())) return view.state();
        return null;
    }

    private static @Nullable Person personOf(List<Person> people, UserId user) {
        for (Person person : people) if (person.user().equals(user)) return person;
        return null;
    }

    private interface Taker {
        void take(String link);
    }
}
