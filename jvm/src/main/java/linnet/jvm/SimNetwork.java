package linnet.jvm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import linnet.core.event.Event;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.wire.Frame;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Happening;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.host.Trace;
import linnet.sim.host.Watch;
import linnet.sim.host.Weather;
import linnet.sim.host.World;
import org.jspecify.annotations.Nullable;

/**
 * A whole network in one thread and in virtual time, for the tests of programs that use {@link Linnet}: real nodes over simulated sockets,
 * disks and clocks. An hour of waiting takes milliseconds, and the same seed gives the same run on every machine.
 *
 * <pre>{@code
 * SimNetwork network = SimNetwork.of(1);
 * Linnet alice = network.join("Alice");
 * Linnet bob = network.join("Bob");
 * bob.onMessage(m -> bob.queue(m.from(), "you said " + m.text()));    // what is tested
 * network.await(bob.add(network.await(alice.invite())));
 * network.cut(alice, bob);
 * CompletableFuture<Delivery> sent = alice.send(bob.user(), "hello");
 * network.run(Duration.ofMinutes(5));                                 // sent is not done
 * network.heal();
 * assertEquals(Stage.DELIVERED, network.await(sent).stage());
 * }</pre>
 *
 * <p>Nothing happens but in {@link #run} and {@link #await}: never {@code join} a future of such a network, nobody would complete it.
 * Listeners and stages of futures run inside those two calls, on their thread, which is the only one that may use the network and everybody
 * in it.
 *
 * <p>The ciphers are quick ones of the same sizes and refusals, worth nothing as secrets. Nothing is written to a real disk.
 */
public final class SimNetwork {
    /** How long {@link #await} waits in virtual time: longer than any message does. */
    private static final Duration PATIENCE = Duration.ofDays(30);

    /** A cut that lasts until {@link #heal}. */
    private static final long FOR_EVER_MILLIS = Duration.ofDays(36_500).toMillis();

    private final World world = new World();
    private final Seed seed;
    private final Network network;
    private final List<SimLinnet> people = new ArrayList<>();
    private @Nullable String broken;

    private SimNetwork(long seed) {
        this.seed = new Seed(seed);
        network = new Network(world, new Trace(world, null), this.seed);
    }

    /** Returns an empty network, in which chance is decided by {@code seed}. */
    public static SimNetwork of(long seed) {
        return new SimNetwork(seed);
    }

    /** Adds somebody with a host of their own, and starts their node. */
    public Linnet join(String name) {
        SimLinnet person = new SimLinnet(world, network, new Witness(), seed, people.size(), name, new FastCrypto());
        people.add(person);
        person.start();
        return person;
    }

    /** Returns the virtual time since the network was made. */
    public Duration now() {
        return Duration.ofMillis(world.nowMillis());
    }

    /** Lets time pass, and happen what happens then. */
    public void run(Duration time) {
        long until = world.nowMillis() + time.toMillis();
        while (world.step(until)) check();
        world.rest(until);
    }

    /**
     * Lets time pass until a future is done, and returns its value.
     *
     * @throws RuntimeException what the future failed with
     * @throws IllegalStateException when it is not done after 30 virtual days
     */
    public <T> T await(CompletableFuture<T> future) {
        long until = world.nowMillis() + PATIENCE.toMillis();
        while (!future.isDone() && world.step(until)) check();
        if (!future.isDone()) throw new IllegalStateException("not done after " + PATIENCE.toDays() + " virtual days");
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException why) throw why;
            throw e;
        }
    }

    /** Lets nothing through between two people, as if a cable were cut; their links notice after some time, as real ones do. */
    public void cut(Linnet one, Linnet other) {
        network.cut(host(one), host(other), FOR_EVER_MILLIS);
        network.cut(host(other), host(one), FOR_EVER_MILLIS);
    }

    /** Parts the network: nothing passes between those named here and everybody else. */
    public void part(Linnet... some) {
        List<Linnet> inside = List.of(some);
        for (Linnet one : inside) for (Linnet other : people) if (!inside.contains(other)) cut(one, other);
    }

    /** Ends every cut. */
    public void heal() {
        network.heal();
    }

    /** Loses a share of all segments from now on, 0 to 0.5; they are sent again, as TCP does, and come late. */
    public void lose(double share) {
        if (!(share >= 0 && share <= 0.5)) throw new IllegalArgumentException("share out of 0..0.5: " + share);
        network.setWeather(new Weather(share, 0, 0, 0, 0));
    }

    /**
     * Kills somebody's process, as {@code kill -9} does: what is not durable is lost, and futures that were not done fail. Their
     * {@link Linnet} stands for the next process once it {@link #restart starts}; listeners stay.
     */
    public void crash(Linnet person) {
        of(person).crash();
    }

    /** Starts somebody's process again, after {@link #crash} or {@link Linnet#close}. */
    public void restart(Linnet person) {
        of(person).start();
    }

    private int host(Linnet person) {
        return of(person).index();
    }

    private SimLinnet of(Linnet person) {
        if (person instanceof SimLinnet sim && people.contains(sim)) return sim;
        throw new IllegalArgumentException("not of this network");
    }

    private void check() {
        if (broken != null) throw new IllegalStateException("an error in Linnet itself: " + broken);
    }

    /** Brings events to those they are for. */
    private final class Witness implements Watch {
        @Override
        public void onEvent(SimHost host, Event event) {
            people.get(host.index()).hear(event);
        }

        @Override
        public void onBroken(SimHost host, String rule, String what) {
            broken = host.name() + ": " + rule + ": " + what;
        }

        @Override
        public void onLog(SimHost host, String name, Object[] keysAndValues) {}

        @Override
        public void onSend(SimHost host, PeerId to, Frame frame) {}

        @Override
        public void onReceive(SimHost host, PeerId from, Frame frame) {}

        @Override
        public void onPut(SimHost host, String table, @Nullable Bytes value) {}

        @Override
        public void onHappening(SimHost host, Happening what) {}

        @Override
        public void onInputDone(SimHost host) {}
    }
}
