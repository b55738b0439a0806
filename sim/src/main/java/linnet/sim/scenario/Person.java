package linnet.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.node.Node;
import linnet.sim.host.Network;
import linnet.sim.host.Program;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.invariant.Judge;
import org.jspecify.annotations.Nullable;

/** Somebody with a host, an identity and a node that may be off. */
final class Person {
    private static final String[] NAMES = {
        "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "kim", "leo", "mia", "nils",
                "olga",
        "paul", "quinn", "rosa", "sam", "tina", "uma", "vera", "will", "xenia", "yara", "zoe", "anton", "berta",
                "clara", "doris"
    };

    private final SimHost host;
    private final UserId user;
    private final PeerId peer;
    private final List<Person> friends = new ArrayList<>();
    private @Nullable NodeProgram program;

    Person(Network network, Judge judge, Seed seed, int index, Crypto primitives) {
        String name = index < NAMES.length ? NAMES[index] : "peer" + index;
        Identity[] identity = new Identity[1];
        Program.Maker maker = host -> {
            NodeProgram made = new NodeProgram(host, identity[0], name);
            program = made;
            return made;
        };
        host = new SimHost(network, judge, seed, index, name, primitives, maker);
        identity[0] = Identity.create(host.crypto());
        user = Identity.userId(host.crypto(), host.crypto().signingPublic(identity[0].userSeed()));
        peer = Identity.peerId(host.crypto(), host.crypto().signingPublic(identity[0].deviceSeed()));
        judge.know(host, user, peer);
    }

    SimHost host() {
        return host;
    }

    UserId user() {
        return user;
    }

    PeerId peer() {
        return peer;
    }

    /** Returns those who became contacts, or may. */
    List<Person> friends() {
        return friends;
    }

    boolean isUp() {
        return host.isUp();
    }

    /** Returns the node of the present life. */
    Node node() {
        NodeProgram running = program;
        if (running == null) throw new IllegalStateException("not started");
        return running.node();
    }

    @Override
    public String toString() {
        return host.name();
    }
}
