package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import linnet.core.fixture.QuestionNet;
import linnet.core.fixture.QuestionNet.Peer;
import linnet.core.id.Key;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import org.junit.jupiter.api.Test;

/** One holder in a small network, and how it gets through its shelf. */
class RepublishingTest {
    private static final int LOOKS_AN_HOUR = 60;

    private final QuestionNet net = network();
    private final Peer holder = net.peers.get(0);
    private final Shelf shelf = new Shelf(holder.where.peer().key(), Dht.SHELF_ENTRIES_MAX);
    private final Republishing republishing = new Republishing(holder.dht, net.crypto, shelf);

    @Test
    void aFullShelfIsGoneThroughWithinTheHour() {
        keep(0, Dht.SHELF_ENTRIES_MAX);
        for (int look = 0; look < LOOKS_AN_HOUR; look++) republishing.onTick();
        assertThat(due()).isEmpty();
    }

    @Test
    void whatIsDueAgainAndAgainDoesNotHoldUpTheOthers() {
        keep(0, 400);
        for (int look = 0; look < 10; look++) {
            republishing.onTick();
            keep(0, 100);
        }
        for (Key key : due()) assertThat(key).isLessThan(key(100));
    }

    @Test
    void everyRecordThatIsDueIsComparedWithEveryHolder() {
        keep(0, 40);
        int before = compared();
        republishing.onTick();
        net.run(30_000);
        // Three questions for each of the two others, and what walks find is asked on its own.
        assertThat(compared() - before).isBetween(2 * 3, 2 * 5);
    }

    @Test
    void aSmallShelfCostsOneQuestionForEachHolder() {
        keep(0, 3);
        int before = compared();
        for (int look = 0; look < 5; look++) republishing.onTick();
        net.run(30_000);
        assertThat(compared() - before).isBetween(2, 2 * 3);
    }

    private int compared() {
        return holder.askedByKind.getOrDefault("Compare", 0);
    }

    private List<Key> due() {
        return shelf.due(net.nowMillis(), null, Integer.MAX_VALUE).stream()
                .map(slot -> slot.record.key())
                .toList();
    }

    /** Records from one number up to another are there, and due. */
    private void keep(int from, int to) {
        for (int i = from; i < to; i++) {
            SignedRecord record = Somebody.record(key(i), Kind.POINTER, 1, 1, net.wallMillis(), 100);
            shelf.offer(record, net.wallMillis(), 0);
        }
    }

    private static Key key(int number) {
        return new Key(number << 8, 0, 0, 0, 0, 0, 0, 0);
    }

    private static QuestionNet network() {
        QuestionNet net = new QuestionNet(21);
        net.settle(3, DhtConfig.defaults(), 1_000);
        net.run(60_000);
        return net;
    }
}
