package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import linnet.core.id.Key;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingTableTest {
    private static final Key ZERO = Somebody.tiny(0);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theNearestAreThoseThatSortingAllContactsFinds(long seed) {
        Chance chance = new Chance(seed);
        RoutingTable table = new RoutingTable(Somebody.key(chance), 1 + chance.below(20));
        for (Whereabouts peer : Somebody.crowd(chance, chance.below(400))) table.onHeard(peer, 1, 0);
        List<Whereabouts> all = new ArrayList<>();
        for (RoutingTable.Row row : table.rows(0)) all.add(row.where());
        for (int i = 0; i < 20; i++) {
            Key target = i % 2 == 0 || all.isEmpty()
                    ? Somebody.key(chance)
                    : all.get(chance.below(all.size())).peer().key();
            int count = 1 + chance.below(40);
            List<Whereabouts> sorted = Somebody.sorted(target, all);
            assertThat(table.nearest(target, count)).isEqualTo(sorted.subList(0, Math.min(count, sorted.size())));
            if (sorted.isEmpty()) continue;
            Whereabouts asker = sorted.remove(chance.below(sorted.size()));
            assertThat(table.nearestWithout(asker, target, count))
                    .isEqualTo(sorted.subList(0, Math.min(count, sorted.size())));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noBucketHoldsMoreThanItsSizeAndEachContactIsInTheBucketOfItsPrefix(long seed) {
        Chance chance = new Chance(seed);
        Key self = Somebody.key(chance);
        int size = 1 + chance.below(20);
        RoutingTable table = new RoutingTable(self, size);
        for (int i = 0; i < 1_000; i++) {
            Whereabouts peer = Somebody.alone(Somebody.key(chance));
            if (chance.happens(0.7)) table.onHeard(peer, chance.below(500), i);
            else table.onTold(peer, i);
            if (chance.happens(0.3)) table.onMiss(peer.peer());
        }
        int[] fill = new int[table.depth()];
        for (RoutingTable.Row row : table.rows(0)) {
            fill[row.bucket()]++;
            int prefix = self.commonPrefix(row.where().peer().key());
            assertThat(row.bucket()).isEqualTo(Math.min(prefix, table.depth() - 1));
        }
        for (int count : fill) assertThat(count).isLessThanOrEqualTo(size);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theFillOfABucketIsTheContactsThatMissedNoAnswer(long seed) {
        Chance chance = new Chance(seed);
        RoutingTable table = new RoutingTable(Somebody.key(chance), 1 + chance.below(20));
        List<Whereabouts> crowd = Somebody.crowd(chance, 150);
        for (int i = 0; i < 2_000; i++) {
            Whereabouts peer = crowd.get(chance.below(crowd.size()));
            switch (chance.below(7)) {
                case 0, 1 -> table.onTold(peer, i);
                case 2 -> table.onHeard(peer, 10, i);
                case 3 -> table.onMiss(peer.peer());
                case 4 -> table.onGone(peer.peer());
                case 5 -> table.onLink(peer.peer(), chance.happens(0.5));
                default -> {
                    if (chance.happens(0.3)) table.remove(peer.peer());
                }
            }
            if (i % 10 > 0) continue;
            int[] fill = new int[table.depth()];
            for (RoutingTable.Row row : table.rows(i)) if (!row.isGone()) fill[row.bucket()]++;
            for (int bucket = 0; bucket < fill.length; bucket++)
                assertThat(table.fill(bucket)).isEqualTo(fill[bucket]);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allOfTheOwnNeighbourhoodAreKnown(long seed) {
        Chance chance = new Chance(seed);
        Key self = Somebody.key(chance);
        RoutingTable table = new RoutingTable(self, 20);
        List<Whereabouts> crowd = Somebody.crowd(chance, 2_000);
        for (Whereabouts peer : crowd) table.onHeard(peer, 1, 0);
        assertThat(table.nearest(self, 20))
                .isEqualTo(Somebody.sorted(self, crowd).subList(0, 20));
    }

    @Test
    void whoeverAnswersStaysInAFullBucket() {
        RoutingTable table = new RoutingTable(ZERO, 2);
        table.onHeard(Somebody.alone(Somebody.tiny(0x80)), 10, 0);
        table.onHeard(Somebody.alone(Somebody.tiny(0x81)), 10, 0);
        assertThat(table.onHeard(Somebody.alone(Somebody.tiny(0x82)), 10, 0)).isFalse();
        assertThat(table.onTold(Somebody.alone(Somebody.tiny(0x83)), 0)).isFalse();
        assertThat(keys(table)).containsExactly(Somebody.tiny(0x80), Somebody.tiny(0x81));
    }

    @Test
    void aNewcomerTakesThePlaceOfOneThatMissedAnAnswerAndNotOfOneThatAnswers() {
        RoutingTable table = new RoutingTable(ZERO, 2);
        Whereabouts silent = Somebody.alone(Somebody.tiny(0x80));
        table.onHeard(silent, 10, 0);
        table.onHeard(Somebody.alone(Somebody.tiny(0x81)), 10, 0);
        table.onMiss(silent.peer());
        assertThat(table.onHeard(Somebody.alone(Somebody.tiny(0x82)), 10, 0)).isTrue();
        assertThat(keys(table)).containsExactlyInAnyOrder(Somebody.tiny(0x81), Somebody.tiny(0x82));
    }

    @Test
    void aContactThatIsManyTimesSlowerMakesRoom() {
        RoutingTable table = new RoutingTable(ZERO, 1);
        table.onHeard(Somebody.alone(Somebody.tiny(1)), 10, 0);
        table.onHeard(Somebody.alone(Somebody.tiny(0x80)), 900, 0);
        assertThat(table.onHeard(Somebody.alone(Somebody.tiny(0x81)), 300, 0)).isFalse();
        assertThat(table.onHeard(Somebody.alone(Somebody.tiny(0x82)), 80, 0)).isTrue();
    }

    @Test
    void thoseWithALinkAreKeptWhateverComes() {
        RoutingTable table = new RoutingTable(ZERO, 1);
        table.onHeard(Somebody.alone(Somebody.tiny(1)), 10, 0);
        Whereabouts linked = Somebody.alone(Somebody.tiny(0x80));
        table.onHeard(linked, 2_000, 0);
        table.onLink(linked.peer(), true);
        assertThat(table.onHeard(Somebody.alone(Somebody.tiny(0x81)), 10, 0)).isFalse();
        table.onLink(linked.peer(), false);
        assertThat(table.onHeard(Somebody.alone(Somebody.tiny(0x81)), 10, 0)).isTrue();
    }

    @Test
    void afterTwoMissesAContactIsNamedToNobodyAndAskedLast() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        Whereabouts near = Somebody.alone(Somebody.tiny(0x10));
        Whereabouts far = Somebody.alone(Somebody.tiny(0x80));
        table.onHeard(near, 10, 0);
        table.onHeard(far, 10, 0);
        for (int i = 0; i < 2; i++) table.onMiss(near.peer());
        assertThat(table.nearest(ZERO, 20)).containsExactly(far);
        assertThat(table.nearestToAsk(ZERO, 20)).containsExactly(far, near);
        assertThat(table.size()).isEqualTo(1);
        table.onHeard(near, 10, 1_000);
        assertThat(table.nearest(ZERO, 20)).containsExactly(near, far);
    }

    @Test
    void oneMissIsEnoughNotToBeNamedToOthers() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        Whereabouts peer = Somebody.alone(Somebody.tiny(0x10));
        table.onHeard(peer, 10, 0);
        table.onMiss(peer.peer());
        assertThat(table.nearest(ZERO, 20)).isEmpty();
        assertThat(table.isLive(peer.peer())).isFalse();
    }

    @Test
    void oneThatWaitedTakesThePlaceOfOneThatMissedAnAnswer() {
        RoutingTable table = new RoutingTable(ZERO, 1);
        Whereabouts old = Somebody.alone(Somebody.tiny(0x80));
        Whereabouts waits = Somebody.alone(Somebody.tiny(0x81));
        table.onHeard(old, 10, 0);
        table.onHeard(waits, 10, 0);
        table.onMiss(old.peer());
        assertThat(keys(table)).containsExactly(waits.peer().key());
    }

    @Test
    void oneThatWaitedAndGotAPlaceOtherwiseHasOne() {
        RoutingTable table = new RoutingTable(ZERO, 2);
        Whereabouts wrong = Somebody.alone(Somebody.tiny(0x80));
        Whereabouts silent = Somebody.alone(Somebody.tiny(0x81));
        Whereabouts waits = Somebody.alone(Somebody.tiny(0x82));
        for (Whereabouts peer : List.of(wrong, silent, waits)) table.onHeard(peer, 10, 0);
        table.remove(wrong.peer());
        table.onHeard(waits, 10, 0);
        table.onMiss(silent.peer());
        assertThat(keys(table)).doesNotHaveDuplicates().contains(waits.peer().key());
    }

    @Test
    void thoseOnlyToldOfAreNotNamedToOthers() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        Whereabouts told = Somebody.alone(Somebody.tiny(0x10));
        table.onTold(told, 0);
        assertThat(table.nearest(ZERO, 20)).isEmpty();
        assertThat(table.nearestToAsk(ZERO, 20)).containsExactly(told);
    }

    @Test
    void anAddressThatIsToldDoesNotReplaceOneThatProvedItself() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        Whereabouts proven = Somebody.at(Somebody.tiny(0x10), "udp://192.0.2.1:1");
        table.onHeard(proven, 10, 0);
        table.onTold(Somebody.at(Somebody.tiny(0x10), "udp://198.51.100.1:1"), 0);
        assertThat(table.nearest(ZERO, 1)).containsExactly(proven);
    }

    @Test
    void aPeerThatMovedIsKnownAtItsNewAddress() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        Whereabouts moved = Somebody.at(Somebody.tiny(0x10), "udp://198.51.100.1:1");
        table.onHeard(Somebody.at(Somebody.tiny(0x10), "udp://192.0.2.1:1"), 10, 0);
        table.onHeard(moved, -1, 0);
        assertThat(table.nearest(ZERO, 1)).containsExactly(moved);
    }

    @Test
    void aWholeSchoolBehindOneAddressIsWelcomeWhereThereIsRoom() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        for (int i = 0; i < 15; i++)
            table.onHeard(Somebody.at(Somebody.tiny(0x80 + i), "udp://192.0.2.1:" + (1_000 + i)), 10, 0);
        assertThat(table.hasLive(15)).isTrue();
        assertThat(table.hasLive(16)).isFalse();
    }

    @Test
    void inAFullBucketPeersOfOneNetworkKeepTwoPlacesWhenOthersCome() {
        RoutingTable table = new RoutingTable(ZERO, 4);
        for (int i = 1; i <= 4; i++) table.onHeard(Somebody.alone(Somebody.tiny(i)), 10, 0);
        for (int i = 0; i < 8; i++)
            table.onHeard(Somebody.at(Somebody.tiny(0x80 + i), "udp://192.0.2." + i + ":1"), 10, 0);
        for (int i = 0; i < 8; i++)
            table.onHeard(Somebody.at(Somebody.tiny(0x90 + i), "udp://198.51." + i + ".1:1"), 10, 0);
        int crowd = 0;
        for (RoutingTable.Row row : table.rows(0))
            if (row.where().endpoints().get(0).uri().startsWith("udp://192.0.2.")) crowd++;
        assertThat(crowd).isEqualTo(2);
        assertThat(table.onHeard(Somebody.at(Somebody.tiny(0x8f), "udp://192.0.2.99:1"), 10, 0))
                .isFalse();
    }

    @Test
    void theLongestSilentAreCheckedFirstAndSuspectsNotAgain() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        Whereabouts oldest = Somebody.alone(Somebody.tiny(0x10));
        Whereabouts old = Somebody.alone(Somebody.tiny(0x20));
        Whereabouts suspect = Somebody.alone(Somebody.tiny(0x40));
        table.onHeard(oldest, 10, 0);
        table.onHeard(old, 10, 60_000);
        table.onHeard(Somebody.alone(Somebody.tiny(0x30)), 10, 3_000_000);
        table.onHeard(suspect, 10, 0);
        table.onMiss(suspect.peer());
        assertThat(table.toCheck(1_800_000, 9, 3_000_000)).containsExactly(oldest, old);
        assertThat(table.toCheck(1_800_000, 1, 3_000_000)).containsExactly(oldest);
        assertThat(table.toCheck(1_800_000, 9, 9_000_000)).doesNotContain(suspect);
    }

    @Test
    void hearsayIsCheckedInTheNeighbourhoodAndForgottenElsewhere() {
        RoutingTable table = new RoutingTable(ZERO, 1);
        for (int bit = 0; bit < 4; bit++) table.onHeard(Somebody.alone(Somebody.tiny(0x80 >> bit)), 10, 0);
        Whereabouts far = Somebody.alone(Somebody.tiny(0x90));
        Whereabouts near = Somebody.alone(Somebody.tiny(0x02));
        table.remove(table.rows(0).get(0).where().peer());
        table.remove(table.rows(0).get(table.rows(0).size() - 1).where().peer());
        table.onTold(far, 1_000);
        table.onTold(near, 1_000);
        assertThat(table.toCheck(1_800_000, 9, 1_000)).containsExactly(near);
        table.forgetHearsay(3_600_000, 3_601_000);
        assertThat(table.find(far.peer())).isNull();
    }

    @Test
    void aNodeIsNeverItsOwnContact() {
        RoutingTable table = new RoutingTable(ZERO, 20);
        assertThat(table.onHeard(Somebody.alone(ZERO), 10, 0)).isFalse();
        assertThat(table.size()).isZero();
    }

    private static List<Key> keys(RoutingTable table) {
        List<Key> keys = new ArrayList<>();
        for (RoutingTable.Row row : table.rows(0)) keys.add(row.where().peer().key());
        return keys;
    }
}
