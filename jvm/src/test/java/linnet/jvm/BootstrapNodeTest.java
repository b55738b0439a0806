package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linnet.core.bootstrap.Door;
import linnet.core.dht.Dht;
import linnet.core.node.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bootstrap node that is a bridge too lets strangers into the network over real sockets. */
class BootstrapNodeTest {
    @TempDir
    Path folder;

    private Person server() {
        JvmConfig config = Person.local("server");
        return new Person(
                folder.resolve("server"),
                config.withNode(config.node().withRoles(List.of(Role.BOOTSTRAP, Role.BRIDGE))));
    }

    private Person newcomer(String name, Person server) {
        List<Door> doors = new ArrayList<>();
        for (var endpoint : server.node.endpoints())
            if (!endpoint.isForPackets()) doors.add(new Door(server.node.peer(), endpoint));
        JvmConfig config = Person.local(name);
        return new Person(folder.resolve(name), config.withNode(config.node().withBootstrap(doors)));
    }

    @Test
    void strangersFindEachOtherByTheNodeOfTheirConfiguration() {
        try (Person server = server();
                Person alice = newcomer("alice", server);
                Person bob = newcomer("bob", server);
                Person carol = newcomer("carol", server);
                Person dave = newcomer("dave", server)) {
            for (Person other : List.of(bob, carol, dave))
                alice.untilSeen(node -> node.linked().contains(other.node.peer()));
            alice.untilSeen(node -> !node.linked().contains(server.node.peer()));
            int kept = Person.await(
                    server.node.call(node -> dht(node.dht()).shelf().size()));
            assertThat(kept).as("a bridge keeps no records").isZero();
        }
    }

    @Test
    void whoMetByTheNodeTalksWhenItIsGone() {
        Person server = server();
        try (Person alice = newcomer("alice", server);
                Person bob = newcomer("bob", server)) {
            alice.untilSeen(node -> node.linked().contains(bob.node.peer()));
            server.close();
            alice.meet(bob);
            alice.untilDelivered(alice.send(bob, "still here"));
        } finally {
            server.close();
        }
    }

    private static Dht dht(Dht dht) {
        assertThat(dht).isNotNull();
        return dht;
    }
}
