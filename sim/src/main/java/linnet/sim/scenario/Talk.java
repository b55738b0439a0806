package linnet.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.BouncyCrypto;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.event.Event;
import linnet.core.id.PeerId;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.sim.fault.Fault;
import linnet.sim.fault.Faults;
import linnet.sim.fault.Liar;
import linnet.sim.fault.Overheard;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.host.Trace;
import linnet.sim.host.World;
import linnet.sim.invariant.Bounds;
import linnet.sim.invariant.Judge;
import org.jspecify.annotations.Nullable;

/**
 * People meet by invites and talk for half an hour while everything goes wrong that may go wrong; then a minute of calm with
 * every conversation open, after which everything that was accepted must be delivered.
 */
final class Talk implements Judge.Listener {
    private static final int SECOND = 1_000;
    private static final int MINUTE = 60 * SECOND;
    private static final int CALM_MILLIS = MINUTE;

    /** One seed in so many has packets, and with them the network of all nodes: 7, 27, 47 and so on. They take ten times as long. */
    private static final int NETWORK_EVERY = 20;

    private static final int NETWORK_SEED = 7;

    /** More happens within a second only if nodes excite each other without end. */
    private static final int EVENTS_PER_SECOND_MAX = 400_000;

    private final TalkOptions options;
    private final long seedValue;
    private final World world = new World();
    private final Trace trace;
    private final Judge judge;
    private final Network network;
    private final List<Person> people = new ArrayList<>();
    private final Overheard overheard;
    private final Faults faults;
    private final Introductions introductions;
    private final Conversations conversations;
    private final long endMillis;
    private @Nullable SimHost liar;
    private long eventsBefore;

    Talk(long seedValue, TalkOptions options, @Nullable Consumer<String> reader) {
        this.seedValue = seedValue;
        this.options = options;
        Seed seed = new Seed(seedValue);
        trace = new Trace(world, reader);
        judge = new Judge(world, trace);
        network = new Network(world, trace, seed);
        if (allows(Fault.MOVES) && Math.floorMod(seedValue, (long) NETWORK_EVERY) == NETWORK_SEED) network.letPackets();
        endMillis = (long) options.minutes() * MINUTE;
        Crypto primitives = options.crypto().isReal(seedValue) ? new BouncyCrypto(Talk::refuse) : new FastCrypto();
        Chance starts = seed.stream("starts", 0);
        for (int i = 0; i < options.peers(); i++) {
            Person person = new Person(network, judge, seed, i, primitives);
            people.add(person);
            world.after(starts.below(5 * SECOND), person.host()::start);
        }
        overheard = new Overheard(judge.ledger(), primitives);
        if (allows(Fault.LIES)) addLiar(seed, primitives);
        faults = new Faults(world, network, trace, seed, options.without(), endMillis);
        introductions = new Introductions(world, judge, seed, endMillis, allows(Fault.CRASHES), overheard::onInvite);
        conversations = new Conversations(world, judge, seed, people, endMillis);
        judge.setListener(this);
    }

    TalkRun run() {
        faults.plan();
        introductions.plan(people);
        conversations.plan(options.sends());
        if (allows(Fault.BURSTS)) conversations.planBursts();
        world.after(SECOND, this::everySecond);
        runUntil(endMillis);
        if (judge.violations().isEmpty()) {
            faults.calm();
            if (liar != null) liar.crash(false);
            conversations.openAll();
            runUntil(endMillis + CALM_MILLIS);
        }
        if (judge.violations().isEmpty()) {
            judge.end();
            introductions.end(people);
        }
        return new TalkRun(
                seedValue,
                options,
                judge.violations(),
                judge.reached(),
                judge.ledger().accepted(),
                judge.restarts(),
                faults.partitions(),
                world.nowMillis(),
                world.events(),
                trace.hash(),
                options.crypto().isReal(seedValue));
    }

    @Override
    public void onEvent(SimHost host, Event event) {
        if (event instanceof Event.Received received && host.isUp())
            conversations.onReceived(people.get(host.index()), received);
    }

    @Override
    public void onFrame(SimHost host, PeerId from, Frame frame) {
        overheard.onFrame(frame);
        if (frame instanceof Envelope envelope && overheard.isBetrayed(from, envelope))
            judge.judge(host, "secret: an envelope for " + host.name() + " opens with the liar's key");
    }

    @Override
    public void onHeld(SimHost host) {
        faults.onHeld(host);
    }

    @Override
    public void onInputDone(SimHost host) {
        faults.onInputDone(host);
    }

    private void addLiar(Seed seed, Crypto primitives) {
        for (Person person : people)
            overheard.onVictim(new Overheard.Victim(
                    person.host().index(),
                    person.user(),
                    person.peer(),
                    person.host().endpoint()));
        Identity[] identity = new Identity[1];
        SimHost host = new SimHost(network, judge, seed, people.size(), "mallory", primitives, made -> {
            return new Liar(made, identity[0], overheard, judge.invitations(), NodeProgram.NETWORK);
        });
        identity[0] = Identity.create(host.crypto());
        judge.knowStranger(host, Identity.userId(host.crypto(), host.crypto().signingPublic(identity[0].userSeed())));
        liar = host;
        world.after(MINUTE / 2, host::start);
    }

    private void runUntil(long untilMillis) {
        while (judge.violations().isEmpty()) {
            if (world.step(untilMillis)) continue;
            world.rest(untilMillis);
            return;
        }
    }

    private void everySecond() {
        long events = world.events() - eventsBefore;
        eventsBefore = world.events();
        if (events > EVENTS_PER_SECOND_MAX) judge.judge(null, "bounded: " + events + " events within a second");
        for (Person person : people)
            if (person.isUp()) judge.judge(person.host(), Bounds.broken(person.host(), person.node()));
        world.after(SECOND, this::everySecond);
    }

    private boolean allows(Fault fault) {
        return !options.without().contains(fault);
    }

    private static linnet.core.id.Bytes refuse(int count) {
        throw new IllegalStateException("chance comes from the host, not from here: " + count + " B");
    }
}
