package linnet.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.core.bootstrap.Door;
import linnet.core.crypto.Identity;
import linnet.core.dht.Dht;
import linnet.core.id.PeerId;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.core.node.Role;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Network;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.host.Trace;
import linnet.sim.host.Weather;
import linnet.sim.host.World;
import linnet.sim.invariant.Judge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers join by the bootstrap nodes of their configuration, which keep neither records nor links. */
class DoorsTest {
    private static final int MINUTE = 60_000;
    private static final Weather POOR = new Weather(0.1, 0.3, 0.2, 300, 0.002);

    private final World world = new World();
    private final Judge judge = new Judge(world, new Trace(world, null));
    private final List<Member> members = new ArrayList<>();

    /** Somebody nobody knows. */
    private static final class Member {
        private final SimHost host;
        private final PeerId peer;
        private NodeProgram program;

        Member(Network network, Judge judge, long seed, int index, NodeConfig config) {
            Identity[] identity = new Identity[1];
            host = new SimHost(network, judge, new Seed(seed), index, "peer" + index, new FastCrypto(), made -> {
                program = new NodeProgram(made, identity[0], config);
                return program;
            });
            identity[0] = Identity.create(host.crypto());
            peer = Identity.peerId(host.crypto(), host.crypto().signingPublic(identity[0].deviceSeed()));
        }

        Node node() {
            return program.node();
        }
    }

    /** Builds hosts of which the first ones let the others in. */
    private void network(long seed, int servers, int newcomers) {
        Network network = new Network(world, new Trace(world, null), new Seed(seed));
        network.letPackets();
        network.setWeather(POOR);
        NodeConfig server = new NodeConfig("", NodeProgram.NETWORK, true).withRoles(List.of(Role.values()));
        List<Door> doors = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            Member member = new Member(network, judge, seed, i, server.withBootstrap(doors));
            members.add(member);
            doors.add(new Door(member.peer, member.host.endpoint()));
        }
        NodeConfig newcomer = new NodeConfig("", NodeProgram.NETWORK, true).withBootstrap(doors);
        for (int i = 0; i < newcomers; i++) members.add(new Member(network, judge, seed, servers + i, newcomer));
        for (Member member : members) member.host.start();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void strangersAreLetInAndTheDoorKeepsNothing(long seed) {
        network(seed, 2, 20);
        run(3 * MINUTE);
        for (Member member : members.subList(2, 22)) {
            assertThat(dht(member).isAnnounced()).isTrue();
            List<PeerId> others = new ArrayList<>(member.node().linked());
            others.removeAll(List.of(members.get(0).peer, members.get(1).peer));
            assertThat(others).hasSizeGreaterThanOrEqualTo(3);
        }
        for (Member server : members.subList(0, 2)) {
            assertThat(dht(server).shelf()).isEmpty();
            assertThat(server.node().linked()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void oneOfThreeDoorsIsEnough() {
        network(7, 3, 8);
        members.get(0).host.crash(true);
        members.get(2).host.crash(true);
        run(3 * MINUTE);
        for (Member member : members.subList(3, 11))
            assertThat(dht(member).isAnnounced()).isTrue();
    }

    @Test
    void withoutAnyDoorTheNetworkGoesOn() {
        network(8, 1, 12);
        run(12 * MINUTE);
        members.get(0).host.crash(true);
        for (Member member : members.subList(1, 13)) member.host.crash(false);
        run(MINUTE);
        for (Member member : members.subList(1, 13)) member.host.start();
        run(3 * MINUTE);
        for (Member member : members.subList(1, 13))
            assertThat(member.node().linked()).hasSizeGreaterThanOrEqualTo(3);
    }

    private static Dht dht(Member member) {
        Dht dht = member.node().dht();
        if (dht == null) throw new AssertionError("no network");
        return dht;
    }

    private void run(long millis) {
        long until = world.nowMillis() + millis;
        while (world.step(until)) assertThat(judge.violations()).isEmpty();
        world.rest(until);
    }
}
