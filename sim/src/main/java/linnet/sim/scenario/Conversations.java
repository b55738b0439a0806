package linnet.sim.scenario;

import java.util.List;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.event.Event;
import linnet.core.id.MessageId;
import linnet.core.wire.Content;
import linnet.sim.host.Seed;
import linnet.sim.host.World;
import linnet.sim.invariant.Judge;
import linnet.sim.invariant.Sometimes;

/** What people say, look at and open. */
final class Conversations {
    private static final int SECOND = 1_000;
    private static final int WINDOW_MESSAGES = 64;

    /** More than a node lets wait: 32 MiB of the longest texts. */
    private static final int FLOOD_MESSAGES = 2_300;

    private final World world;
    private final Judge judge;
    private final Chance chance;
    private final Chance readChance;
    private final List<Person> people;
    private final long endMillis;
    private int number;

    Conversations(World world, Judge judge, Seed seed, List<Person> people, long endMillis) {
        this.world = world;
        this.judge = judge;
        this.chance = seed.stream("conversations", 0);
        this.readChance = seed.stream("reads", 0);
        this.people = people;
        this.endMillis = endMillis;
    }

    /** Plans single messages, all over the time. */
    void plan(int sends) {
        for (int i = 0; i < sends; i++) world.after(moment(), this::sayAny);
        for (int i = 0; i < sends / 5; i++) world.after(moment(), this::look);
    }

    /** Plans many messages at once, and in one run of forty more than a node takes. */
    void planBursts() {
        int count = chance.below(3);
        for (int i = 0; i < count; i++) {
            int size = Seed.between(chance, WINDOW_MESSAGES, 2 * WINDOW_MESSAGES);
            world.after(moment(), () -> burst(size, false));
        }
        if (chance.happens(0.025)) world.after(moment() / 2, () -> burst(FLOOD_MESSAGES, true));
    }

    /** Opens every conversation, so that no retry waits long. */
    void openAll() {
        for (Person person : people)
            person.host().call(() -> {
                for (Person friend : person.friends()) person.node().open(friend.user(), true);
            });
    }

    /** A message was shown; half of them are looked at. */
    void onReceived(Person person, Event.Received received) {
        if (world.nowMillis() >= endMillis || readChance.happens(0.5)) return;
        MessageId id = received.id();
        person.host().plan(readChance.below(20 * SECOND), () -> {
            judge.ledger().onRead(id);
            person.node().read(received.from(), List.of(id));
            person.host().store().sync(() -> judge.ledger().onReadKept(id));
        });
    }

    private void sayAny() {
        Person from = any();
        if (from.isUp() && !from.friends().isEmpty()) {
            Person to = from.friends().get(chance.below(from.friends().size()));
            if (say(from, to, text())) return;
        }
        if (world.nowMillis() < endMillis - SECOND) world.after(Seed.between(chance, 100, SECOND), this::sayAny);
    }

    private void burst(int size, boolean isFlood) {
        Person from = any();
        if (!from.isUp() || from.friends().isEmpty()) return;
        Person to = from.friends().get(chance.below(from.friends().size()));
        for (int i = 0; i < size; i++)
            if (!say(from, to, isFlood ? filled(Content.TEXT_BYTES_MAX) : filled(Seed.between(chance, 5, 100)))) return;
    }

    /** Returns whether it was taken in. */
    private boolean say(Person from, Person to, String text) {
        boolean[] isTaken = new boolean[1];
        from.host().call(() -> {
            Result<MessageId> sent = from.node().send(to.user(), text);
            if (sent instanceof Result.Ok<MessageId> ok) {
                isTaken[0] = true;
                judge.onSendCalled(from.host(), to.host(), ok.value(), text);
            } else if (sent instanceof Result.No<MessageId> no && no.why().code() == Failure.Code.QUEUE_FULL) {
                judge.reach(Sometimes.QUEUE_FULL);
            }
        });
        return isTaken[0];
    }

    private void look() {
        Person person = any();
        if (!person.isUp() || person.friends().isEmpty()) return;
        Person friend = person.friends().get(chance.below(person.friends().size()));
        boolean isOpen = chance.happens(0.5);
        boolean isRetry = chance.happens(0.2);
        person.host().call(() -> {
            person.node().open(friend.user(), isOpen);
            if (isRetry) person.node().retry(friend.user());
        });
    }

    private String text() {
        int kind = chance.below(100);
        if (kind < 80) return filled(Seed.between(chance, 5, 60));
        if (kind < 95) return filled(Seed.between(chance, 200, 2_000));
        if (kind < 99) return filled(Seed.between(chance, 3_000, 8_000));
        return filled(Content.TEXT_BYTES_MAX);
    }

    private String filled(int length) {
        StringBuilder text =
                new StringBuilder(length).append("message ").append(number++).append(' ');
        while (text.length() < length) text.append('.');
        return text.toString();
    }

    private Person any() {
        return people.get(chance.below(people.size()));
    }

    private long moment() {
        return Seed.between(chance, 5, Math.max(6, (int) (endMillis / SECOND) - 2)) * (long) SECOND
                + chance.below(SECOND);
    }
}
