package linnet.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Result;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.Trace;
import linnet.sim.host.World;
import linnet.sim.invariant.Judge;
import org.junit.jupiter.api.Test;

/** Whole conversations as text files. Run with {@code -Dtraces.write=true} to write them anew; the diff is reviewed. */
class StoryTest {
    private static final Path TRACES = Path.of("src", "test", "resources", "traces");

    private final List<String> lines = new ArrayList<>();
    private final World world = new World();
    private final Seed seed = new Seed(7);
    private final Trace trace = new Trace(world, lines::add);
    private final Judge judge = new Judge(world, trace);
    private final Network network = new Network(world, trace, seed);
    private final Person alice = new Person(network, judge, seed, 0, new FastCrypto());
    private final Person bob = new Person(network, judge, seed, 1, new FastCrypto());

    @Test
    void aliceAndBobTalk() throws IOException {
        meet();
        say(alice, bob, "hello Bob");
        run(1_000);
        say(bob, alice, "hello Alice");
        run(1_000);
        compare("alice-and-bob-talk.txt");
    }

    @Test
    void bobIsAway() throws IOException {
        meet();
        bob.host().stop();
        run(1_000);
        say(alice, bob, "are you there?");
        run(10_000);
        bob.host().start();
        run(10_000);
        compare("bob-is-away.txt");
    }

    @Test
    void bobCrashesBeforeItIsDurable() throws IOException {
        meet();
        bob.host().setDisk(400, 400);
        say(alice, bob, "is this durable?");
        run(300);
        bob.host().crash(false);
        run(1_000);
        bob.host().setDisk(1, 1);
        bob.host().start();
        run(30_000);
        compare("bob-crashes-before-it-is-durable.txt");
    }

    private void meet() {
        alice.host().setDisk(1, 1);
        bob.host().setDisk(1, 1);
        alice.host().start();
        bob.host().start();
        run(100);
        String[] link = new String[1];
        alice.host().call(() -> {
            if (alice.node().invite(60_000) instanceof Result.Ok<String> ok) link[0] = ok.value();
            judge.invitations().onMade(alice.host().index(), link[0], false);
        });
        run(100);
        bob.host().call(() -> assertThat(bob.node().add(link[0])).isInstanceOf(Result.Ok.class));
        judge.invitations().onTaken(bob.host(), link[0]);
        run(5_000);
    }

    private void say(Person from, Person to, String text) {
        from.host().call(() -> {
            if (from.node().send(to.user(), text) instanceof Result.Ok<linnet.core.id.MessageId> ok)
                judge.onSendCalled(from.host(), to.host(), ok.value(), text);
        });
    }

    private void run(long millis) {
        long until = world.nowMillis() + millis;
        while (world.step(until)) assertThat(judge.violations()).isEmpty();
        world.rest(until);
    }

    private void compare(String name) throws IOException {
        judge.end();
        assertThat(judge.violations()).isEmpty();
        Path file = TRACES.resolve(name);
        String now = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("traces.write")) Files.writeString(file, now);
        assertThat(now).isEqualTo(Files.readString(file));
    }
}
