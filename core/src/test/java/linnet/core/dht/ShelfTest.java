package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import linnet.core.dht.Shelf.Outcome;
import linnet.core.env.Chance;
import linnet.core.id.Key;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.SignedRecord.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShelfTest {
    private static final Key ZERO = Somebody.tiny(0);
    private static final Key KEY = Somebody.tiny(0x55);
    private static final long NOW = 1_000_000_000_000L;
    private static final long HOUR = 3_600_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @Test
    void theHighestSequenceStaysInWhateverOrderTheyCome() {
        Shelf shelf = new Shelf(ZERO, 10);
        assertThat(offer(shelf, 1, 5)).isEqualTo(Outcome.KEPT);
        assertThat(offer(shelf, 1, 4)).isEqualTo(Outcome.OLDER);
        assertThat(offer(shelf, 1, 5)).isEqualTo(Outcome.SAME);
        assertThat(offer(shelf, 1, 6)).isEqualTo(Outcome.KEPT);
        assertThat(shelf.get(KEY, Kind.POINTER, NOW))
                .singleElement()
                .satisfies(record -> assertThat(record.sequence()).isEqualTo(6));
    }

    @Test
    void aNewcomerNeverPushesOutALivingRecordOfAnotherSigner() {
        Shelf shelf = new Shelf(ZERO, 10);
        for (int signer = 1; signer <= 3; signer++)
            assertThat(offer(shelf, signer, 1)).isEqualTo(Outcome.KEPT);
        assertThat(offer(shelf, 4, 1_000)).isEqualTo(Outcome.FULL);
        assertThat(offer(shelf, 1, 2)).isEqualTo(Outcome.KEPT);
        assertThat(shelf.get(KEY, Kind.POINTER, NOW)).hasSize(3);
    }

    @Test
    void aPlaceIsFreeAgainWhenTheTimeOfARecordIsOver() {
        Shelf shelf = new Shelf(ZERO, 10);
        for (int signer = 1; signer <= 3; signer++) offer(shelf, signer, 1);
        long later = NOW + 48 * HOUR + 6 * HOUR;
        SignedRecord fresh = Somebody.record(KEY, Kind.POINTER, 4, 1, later, 100);
        assertThat(shelf.offer(fresh, later, 0)).isEqualTo(Outcome.KEPT);
    }

    @Test
    void aRecordIsGivenOutWithinItsGraceAndNotAfter() {
        Shelf shelf = new Shelf(ZERO, 10);
        offer(shelf, 1, 1);
        assertThat(shelf.get(KEY, Kind.POINTER, NOW + 53 * HOUR)).hasSize(1);
        assertThat(shelf.get(KEY, Kind.POINTER, NOW + 54 * HOUR)).isEmpty();
        shelf.sweep(NOW + 54 * HOUR);
        assertThat(shelf.entries()).isZero();
        assertThat(shelf.bytes()).isZero();
    }

    @Test
    void whatIsOverOrLiesFarAheadIsRefused() {
        Shelf shelf = new Shelf(ZERO, 10);
        SignedRecord record = Somebody.record(KEY, Kind.PRESENCE, 1, 1, NOW, 100);
        assertThat(shelf.offer(record, NOW + HOUR, 0)).isEqualTo(Outcome.EXPIRED);
        assertThat(shelf.offer(record, NOW - 3 * HOUR, 0)).isEqualTo(Outcome.EXPIRED);
        assertThat(shelf.offer(record, NOW - HOUR, 0)).isEqualTo(Outcome.KEPT);
    }

    @Test
    void kindsDoNotTakeEachOthersPlaces() {
        Shelf shelf = new Shelf(ZERO, 10);
        for (int signer = 1; signer <= 3; signer++) offer(shelf, signer, 1);
        SignedRecord presence = Somebody.record(KEY, Kind.PRESENCE, 9, 1, NOW, 100);
        assertThat(shelf.offer(presence, NOW, 0)).isEqualTo(Outcome.KEPT);
        assertThat(shelf.get(KEY, Kind.PRESENCE, NOW)).containsExactly(presence);
    }

    @Test
    void aFullShelfKeepsWhatIsNearestToTheOwnKey() {
        Shelf shelf = new Shelf(ZERO, 2);
        assertThat(offer(shelf, Somebody.tiny(0x10))).isEqualTo(Outcome.KEPT);
        assertThat(offer(shelf, Somebody.tiny(0x80))).isEqualTo(Outcome.KEPT);
        assertThat(offer(shelf, Somebody.tiny(0xf0))).isEqualTo(Outcome.FULL);
        assertThat(offer(shelf, Somebody.tiny(0x20))).isEqualTo(Outcome.KEPT);
        assertThat(shelf.get(Somebody.tiny(0x80), Kind.POINTER, NOW)).isEmpty();
    }

    @Test
    void whatIsDueIsGivenOutInTurnAndNoKeyIsForgotten() {
        Shelf shelf = new Shelf(ZERO, 100);
        for (int key = 1; key <= 5; key++) offer(shelf, Somebody.tiny(key));
        assertThat(due(shelf, null, 2)).containsExactly(Somebody.tiny(1), Somebody.tiny(2));
        assertThat(due(shelf, Somebody.tiny(3), 2)).containsExactly(Somebody.tiny(3), Somebody.tiny(4));
        assertThat(due(shelf, Somebody.tiny(5), 3))
                .containsExactly(Somebody.tiny(5), Somebody.tiny(1), Somebody.tiny(2));
        assertThat(due(shelf, Somebody.tiny(0x77), 9)).hasSize(5);
        assertThat(due(shelf, Somebody.tiny(4), 9)).hasSize(5);
    }

    /** Against a model: a map from key, kind and signer to the highest sequence offered. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsAndSequencesAgreeWithAModel(long seed) {
        Chance chance = new Chance(seed);
        Shelf shelf = new Shelf(ZERO, 1_000);
        Map<String, Long> highest = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            Key key = Somebody.tiny(chance.below(20));
            Kind kind = chance.happens(0.5) ? Kind.POINTER : Kind.PRESENCE;
            int signer = 1 + chance.below(3);
            long sequence = 1L + chance.below(50);
            SignedRecord record = Somebody.record(key, kind, signer, sequence, NOW, 50 + chance.below(100));
            shelf.offer(record, NOW, 0);
            highest.merge(key + "/" + kind + "/" + signer, sequence, Math::max);
            assertThat(shelf.sequence(record)).isEqualTo(highest.get(key + "/" + kind + "/" + signer));
        }
        assertThat(shelf.entries()).isEqualTo(highest.size());
        int bytes = 0;
        for (SignedRecord record : shelf.records()) bytes += record.raw().length();
        assertThat(shelf.bytes()).isEqualTo(bytes);
    }

    private static Outcome offer(Shelf shelf, int signer, long sequence) {
        return shelf.offer(Somebody.record(KEY, Kind.POINTER, signer, sequence, NOW, 100), NOW, 0);
    }

    private static Outcome offer(Shelf shelf, Key key) {
        return shelf.offer(Somebody.record(key, Kind.POINTER, 1, 1, NOW, 100), NOW, 0);
    }

    private static List<Key> due(Shelf shelf, @Nullable Key from, int count) {
        List<Key> keys = new ArrayList<>();
        for (Shelf.Slot slot : shelf.due(NOW, from, count)) keys.add(slot.record.key());
        return keys;
    }
}
