package linnet.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.core.bootstrap.Door;
import linnet.core.dht.Reachability;
import linnet.core.dht.RoutingTable;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.node.NodeConfig;
import linnet.core.node.Role;
import linnet.core.wire.Whereabouts;
import linnet.jvm.Surroundings;
import org.junit.jupiter.api.Test;

/** What a node's surroundings mean, in words with something to do. */
class NetworkChecksTest {
    private static final List<Endpoint> REACHABLE = List.of(new Endpoint("ws://192.0.2.1:7071/"));

    private static final NodeConfig PERSON = new NodeConfig("Alice", "test", true);

    private static PeerId peer(int number) {
        return new PeerId(new Key(number, 0, 0, 0, 0, 0, 0, 0));
    }

    private static Surroundings around(int links, int known, Reachability.Mode reach) {
        List<Surroundings.Linked> linked = new ArrayList<>();
        for (int i = 1; i <= links; i++)
            linked.add(new Surroundings.Linked(
                    peer(i), new LinkView(Bytes.EMPTY, "ws://192.0.2.9/", true, 1, 0, 0, 3, 100, 100), 5_000));
        List<RoutingTable.Row> rows = new ArrayList<>();
        for (int i = 1; i <= known; i++)
            rows.add(new RoutingTable.Row(
                    new Whereabouts(peer(i), Bytes.wrap(new byte[32]), List.of()), 0, true, false, 0, 4, 1_000));
        Surroundings.Table table = new Surroundings.Table(20, rows, known, known > 0, reach, 7);
        return new Surroundings(peer(0), linked, table, Map.of());
    }

    private static Finding of(String check, Surroundings around, int asked, int answered) {
        return NetworkChecks.judge(PERSON, REACHABLE, around, new NetworkChecks.Walked(asked, answered)).stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNodeInTheMidstOfItsNetworkIsWell() {
        Surroundings around = around(3, 12, Reachability.Mode.SERVES);
        assertThat(NetworkChecks.judge(PERSON, REACHABLE, around, new NetworkChecks.Walked(12, 12)))
                .allMatch(finding -> finding.state() == Finding.State.WELL)
                .allMatch(finding -> finding.advice().isEmpty());
    }

    @Test
    void whoKnowsNobodyIsToldToJoin() {
        Finding peers = of("peers", around(0, 0, Reachability.Mode.UNKNOWN), 0, 0);
        assertThat(peers.state()).isEqualTo(Finding.State.BROKEN);
        assertThat(peers.code()).isEqualTo("NO_BOOTSTRAP");
        assertThat(peers.advice()).contains("linnet add");
    }

    @Test
    void whereNobodyAnswersSomethingIsBroken() {
        Finding peers = of("peers", around(1, 8, Reachability.Mode.UNKNOWN), 8, 0);
        assertThat(peers.state()).isEqualTo(Finding.State.BROKEN);
        assertThat(peers.words()).contains("none of the 8 peers");
    }

    @Test
    void whereHalfAreGoneItIsAWarning() {
        assertThat(of("peers", around(3, 8, Reachability.Mode.SERVES), 8, 3).state())
                .isEqualTo(Finding.State.WEAK);
    }

    @Test
    void withoutALinkAmongManySomethingIsBroken() {
        Finding links = of("links", around(0, 8, Reachability.Mode.SERVES), 8, 8);
        assertThat(links.state()).isEqualTo(Finding.State.BROKEN);
        assertThat(links.code()).isEqualTo("NO_CONNECTION");
    }

    @Test
    void aBootstrapNodeNeedsNoLinks() {
        List<Finding> findings = NetworkChecks.judge(
                PERSON.withRoles(List.of(Role.BOOTSTRAP)),
                REACHABLE,
                around(0, 8, Reachability.Mode.SERVES),
                new NetworkChecks.Walked(8, 8));
        assertThat(findings).allMatch(finding -> finding.state() == Finding.State.WELL);
    }

    @Test
    void aBootstrapNodeIsTriedUnlessItAnswered() {
        Surroundings around = around(3, 8, Reachability.Mode.SERVES);
        NodeConfig config = PERSON.withBootstrap(List.of(
                new Door(peer(1), new Endpoint("ws://127.0.0.1:1/")),
                new Door(peer(99), new Endpoint("ws://127.0.0.1:1/"))));
        List<Finding> doors = NetworkChecks.examine(config, REACHABLE, around, new NetworkChecks.Walked(8, 8)).stream()
                .filter(finding -> finding.check().startsWith("bootstrap"))
                .toList();
        assertThat(doors).extracting(Finding::state).containsExactly(Finding.State.WELL, Finding.State.WEAK);
        assertThat(doors.get(1).words()).contains("cannot be reached");
    }

    @Test
    void inANetworkOfTwoOneLinkIsAllThereIs() {
        assertThat(of("links", around(1, 1, Reachability.Mode.SERVES), 1, 1).state())
                .isEqualTo(Finding.State.WELL);
    }

    @Test
    void whomNobodyReachesIsToldWhatToOpen() {
        Finding reach = of("reach", around(3, 8, Reachability.Mode.CLIENT), 8, 8);
        assertThat(reach.state()).isEqualTo(Finding.State.WEAK);
        assertThat(reach.advice()).contains("UDP");
    }

    @Test
    void withoutAnAddressOnlyThisNodeCanBeginALink() {
        List<Finding> findings = NetworkChecks.judge(
                PERSON, List.of(), around(3, 8, Reachability.Mode.SERVES), new NetworkChecks.Walked(8, 8));
        assertThat(findings)
                .anyMatch(finding ->
                        finding.check().equals("address") && finding.advice().contains("advertise"));
    }
}
