package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import linnet.core.dht.Reachability.Mode;
import linnet.core.env.Chance;
import linnet.core.id.AddressGroup;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DhtMechanismsTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final long MINUTE = 60_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSizeOfANetworkIsEstimatedWithinAThird(long seed) {
        Chance chance = new Chance(seed);
        int peers = 100 + chance.below(3_000);
        List<Whereabouts> crowd = Somebody.crowd(chance, peers);
        NetworkSize size = new NetworkSize();
        for (int i = 0; i < 16; i++) {
            Key target = Somebody.key(chance);
            size.onNearest(target, Somebody.sorted(target, crowd).subList(0, 20));
        }
        assertThat(size.peers()).isBetween(peers * 2 / 3, peers * 4 / 3);
        assertThat(size.isDense(
                        Key.of(crowd.get(0).peer().key().bytes()),
                        Somebody.sorted(crowd.get(0).peer().key(), crowd).subList(0, 20)))
                .isFalse();
    }

    @Test
    void aCrowdAroundOneKeyIsNoticedAndDoesNotMoveTheEstimate() {
        Chance chance = new Chance(7);
        List<Whereabouts> crowd = Somebody.crowd(chance, 1_000);
        NetworkSize size = new NetworkSize();
        for (int i = 0; i < 8; i++) {
            Key target = Somebody.key(chance);
            size.onNearest(target, Somebody.sorted(target, crowd).subList(0, 20));
        }
        int before = size.peers();
        Key victim = Somebody.key(chance);
        for (int i = 0; i < 20; i++)
            crowd.add(Somebody.alone(victim.flipped(20 + chance.below(200)).flipped(230 + chance.below(26))));
        List<Whereabouts> nearest = Somebody.sorted(victim, crowd).subList(0, 20);
        assertThat(size.isDense(victim, nearest)).isTrue();
        size.onNearest(victim, nearest);
        assertThat(size.peers()).isEqualTo(before);
    }

    @Test
    void aCrowdIsNoticedAlsoAmongThoseOnTheWayToIt() {
        Chance chance = new Chance(8);
        List<Whereabouts> crowd = Somebody.crowd(chance, 1_000);
        NetworkSize size = new NetworkSize();
        for (int i = 0; i < 8; i++) {
            Key target = Somebody.key(chance);
            size.onNearest(target, Somebody.sorted(target, crowd).subList(0, 20));
        }
        Key victim = Somebody.key(chance);
        List<Whereabouts> answered =
                new ArrayList<>(Somebody.sorted(victim, crowd).subList(0, 12));
        assertThat(size.isDense(victim, answered)).isFalse();
        for (int i = 0; i < 8; i++) answered.add(i, Somebody.alone(victim.flipped(200 + i)));
        assertThat(size.isDense(victim, answered)).isTrue();
    }

    @Test
    void whoeverSeesTheNetworkGrowStillNoticesACrowd() {
        Chance chance = new Chance(9);
        NetworkSize size = new NetworkSize();
        List<Whereabouts> few = Somebody.crowd(chance, 100);
        for (int i = 0; i < 8; i++) {
            Key target = Somebody.key(chance);
            size.onNearest(target, Somebody.sorted(target, few).subList(0, 20));
        }
        Key self = Somebody.key(chance);
        List<Whereabouts> many = Somebody.crowd(chance, 1_000);
        size.onNeighbours(self, Somebody.sorted(self, many).subList(0, 20));
        Key victim = Somebody.key(chance);
        for (int i = 0; i < 20; i++) many.add(Somebody.alone(victim.flipped(200 + i)));
        assertThat(size.isDense(victim, Somebody.sorted(victim, many).subList(0, 20)))
                .isTrue();
    }

    @Test
    void aPeerMayAskABurstAndThenAtItsPace() {
        QuestionLimits limits = new QuestionLimits(1, 100, 5);
        PeerId peer = new PeerId(Somebody.tiny(1));
        for (int i = 0; i < 5; i++) assertThat(limits.take(peer, NOW)).isZero();
        assertThat(limits.take(peer, NOW)).isEqualTo(100);
        assertThat(limits.take(peer, NOW + 100)).isZero();
        assertThat(limits.take(peer, NOW + 150)).isEqualTo(50);
        for (int i = 0; i < 5; i++) assertThat(limits.take(peer, NOW + 10_000)).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneThatAsksWithoutEndHardlyEverTakesAnotherAlong(long seed) {
        Chance chance = new Chance(seed);
        QuestionLimits limits = new QuestionLimits(chance.nextLong(), 100, 5);
        PeerId flood = new PeerId(Somebody.key(chance));
        for (int i = 0; i < 1_000; i++) limits.take(flood, NOW);
        int stopped = 0;
        for (int i = 0; i < 50; i++) if (limits.take(new PeerId(Somebody.key(chance)), NOW) > 0) stopped++;
        assertThat(stopped).isLessThanOrEqualTo(2);
    }

    @Test
    void inASmallNetworkEachMayAskMore() {
        QuestionLimits limits = new QuestionLimits(1, 100, 1);
        PeerId peer = new PeerId(Somebody.tiny(1));
        limits.scale(50, 100);
        limits.take(peer, NOW);
        assertThat(limits.take(peer, NOW)).isEqualTo(25);
        limits.scale(5_000, 100);
        assertThat(limits.take(peer, NOW + 25)).isZero();
        assertThat(limits.take(peer, NOW + 25)).isEqualTo(100);
    }

    @Test
    void twoOfThreeTriesDecideWhetherANodeServes() {
        Reachability reach = new Reachability();
        assertThat(reach.onTried(true)).isEqualTo(Mode.UNKNOWN);
        assertThat(reach.onTried(false)).isEqualTo(Mode.UNKNOWN);
        assertThat(reach.onTried(true)).isEqualTo(Mode.SERVES);
        assertThat(reach.onTried(false)).isEqualTo(Mode.CLIENT);
        reach.onAddressChanged();
        assertThat(reach.mode()).isEqualTo(Mode.CLIENT);
        reach.onTried(true);
        assertThat(reach.onTried(true)).isEqualTo(Mode.SERVES);
    }

    @Test
    void aContactThatIsReadOftenIsLookedUpAgainBeforeItIsOldAndARareOneIsNot() {
        RecordCache cache = new RecordCache(10);
        SignedRecord often = Somebody.record(Somebody.tiny(1), Kind.PRESENCE, 1, 1, NOW, 100);
        SignedRecord rare = Somebody.record(Somebody.tiny(2), Kind.PRESENCE, 1, 1, NOW, 100);
        cache.put(wanted(often), often, NOW);
        cache.put(wanted(rare), rare, NOW);
        for (int i = 0; i < 3; i++) cache.get(often.key(), NOW);
        assertThat(cache.toRefresh(NOW + MINUTE)).isEmpty();
        assertThat(cache.toRefresh(NOW + 5 * MINUTE)).extracting(Wanted::key).containsExactly(often.key());
        assertThat(cache.toRefresh(NOW + 5 * MINUTE)).isEmpty();
    }

    @Test
    void theLeastRecentlyReadRecordLeavesTheCacheFirstAndNoneOutlivesItsTime() {
        RecordCache cache = new RecordCache(2);
        for (int i = 1; i <= 2; i++) {
            SignedRecord record = Somebody.record(Somebody.tiny(i), Kind.PRESENCE, 1, 1, NOW, 100);
            cache.put(wanted(record), record, NOW);
        }
        cache.get(Somebody.tiny(1), NOW);
        SignedRecord third = Somebody.record(Somebody.tiny(3), Kind.PRESENCE, 1, 1, NOW, 100);
        cache.put(wanted(third), third, NOW);
        assertThat(cache.get(Somebody.tiny(2), NOW)).isNull();
        assertThat(cache.get(Somebody.tiny(1), NOW)).isNotNull();
        assertThat(cache.get(Somebody.tiny(1), NOW + 10 * MINUTE)).isNull();
        assertThat(cache.bytes()).isEqualTo(100);
    }

    @Test
    void anOlderRecordNeverReplacesANewerOneInTheCache() {
        RecordCache cache = new RecordCache(2);
        SignedRecord newer = Somebody.record(Somebody.tiny(1), Kind.PRESENCE, 1, 7, NOW, 100);
        SignedRecord older = Somebody.record(Somebody.tiny(1), Kind.PRESENCE, 1, 6, NOW, 100);
        cache.put(wanted(newer), newer, NOW);
        cache.put(wanted(older), older, NOW);
        assertThat(cache.get(Somebody.tiny(1), NOW)).isEqualTo(newer);
    }

    @ParameterizedTest
    @CsvSource({
        "udp://192.0.2.1:7000, udp://192.0.2.200:9, true",
        "udp://192.0.2.1:7000, udp://192.0.3.1:7000, false",
        "udp://[2001:db8:1::1]:7000, udp://[2001:db8:1:2::9]:1, true",
        "udp://[2001:db8:1::1]:7000, udp://[2001:db8:2::1]:7000, false",
        "ws://example.org:80/, wss://example.org/path, true",
        "mem:7, mem:8, false"
    })
    void addressesOfOneNetworkAreOneGroup(String one, String other, boolean isSame) {
        boolean same = AddressGroup.of(new Endpoint(one)) == AddressGroup.of(new Endpoint(other));
        assertThat(same).isEqualTo(isSame);
    }

    @Test
    void aLateMarkFollowsTheRoundTripsAndStaysWithinItsBounds() {
        RoundTrips trips = new RoundTrips();
        assertThat(trips.lateMillis()).isEqualTo(300);
        for (int i = 0; i < 50; i++) trips.onMeasured(80);
        assertThat(trips.lateMillis()).isBetween(60, 120);
        assertThat(trips.timeout(false)).hasSeconds(1);
        for (int i = 0; i < 50; i++) trips.onMeasured(9_000);
        assertThat(trips.timeout(false)).hasSeconds(3);
        assertThat(trips.timeout(true)).hasSeconds(5);
    }

    @Test
    void aRecordIsCurrentUntilItsOwnerCouldHaveSaidItAgain() {
        SignedRecord presence = Somebody.record(Somebody.tiny(1), Kind.PRESENCE, 1, 1, NOW, 100);
        Chance chance = new Chance(3);
        for (int i = 0; i < 1_000; i++) {
            long again = Freshness.againMillis(Kind.PRESENCE, chance);
            assertThat(Freshness.isCurrent(presence, NOW + again)).isFalse();
        }
        assertThat(Freshness.isCurrent(presence, NOW + 4 * MINUTE)).isTrue();
        assertThat(Freshness.isCurrent(presence, NOW - 1)).isFalse();
    }

    private static Wanted wanted(SignedRecord record) {
        return new Wanted(record.key(), record.kind(), any -> true);
    }
}
