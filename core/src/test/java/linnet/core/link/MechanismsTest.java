package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.LongStream;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.link.DuplicateRule.Claim;
import linnet.core.link.DuplicateRule.Verdict;
import linnet.core.link.LinkState.Input;
import linnet.core.wire.Batch;
import linnet.core.wire.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of a link that know no world. */
class MechanismsTest {
    private static final LinkConfig DEFAULTS = LinkConfig.defaults(Station.NETWORK);
    private static final PeerId SMALL = new PeerId(new Key(1, 0, 0, 0, 0, 0, 0, 0));
    private static final PeerId GREAT = new PeerId(new Key(-1, 0, 0, 0, 0, 0, 0, 0));

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aBucketNeverLetsMorePassThanRateAndBurst(long seed) {
        Chance chance = new Chance(seed);
        int perSecond = 1 + chance.below(50);
        int burst = 1 + chance.below(50);
        TokenBucket bucket = new TokenBucket(perSecond, burst, 0);
        long now = 0;
        long passed = 0;
        for (int i = 0; i < 1_000; i++) {
            now += chance.below(200);
            int count = chance.below(4);
            if (bucket.take(count, now)) passed += count;
            assertThat(passed * 1_000).isLessThanOrEqualTo(burst * 1_000L + now * perSecond);
        }
        assertThat(passed).isPositive();
    }

    @Test
    void aBucketFillsAgainHoweverLongTheSilence() {
        TokenBucket bucket = new TokenBucket(1_000_000, 1_000_000, 0);
        assertThat(bucket.take(1_000_000, 0)).isTrue();
        assertThat(bucket.take(1, 0)).isFalse();
        assertThat(bucket.take(1_000_000, Long.MAX_VALUE / 2)).isTrue();
        assertThat(bucket.take(1, Long.MAX_VALUE / 2)).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aQueueKeepsBoundsOrderAndPriorities(long seed) {
        Chance chance = new Chance(seed);
        int framesMax = 1 + chance.below(20);
        int bytesMax = 1 + chance.below(50_000);
        SendQueue queue = new SendQueue(framesMax, bytesMax);
        Map<Priority, Queue<Bytes>> model = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) model.put(priority, new ArrayDeque<>());
        boolean refused = false;
        for (int i = 0; i < 500; i++) {
            if (chance.happens(0.7)) {
                Priority priority = anyOf(chance);
                Queue<Bytes> lane = model.get(priority);
                Bytes frame = Bytes.wrap(new byte[1 + chance.below(chance.happens(0.1) ? 30_000 : 300)]);
                int bytes = lane.stream().mapToInt(Bytes::length).sum();
                boolean fits = lane.size() < framesMax && (lane.isEmpty() || bytes + frame.length() <= bytesMax);
                assertThat(queue.offer(priority, frame)).isEqualTo(fits);
                if (fits) lane.add(frame);
                else refused = true;
            } else if (!queue.isEmpty()) {
                for (Bytes sent : drain(queue)) {
                    Queue<Bytes> first = model.values().stream()
                            .filter(lane -> !lane.isEmpty())
                            .findFirst()
                            .orElseThrow();
                    assertThat(sent).isEqualTo(first.remove());
                }
            }
            assertThat(queue.frames())
                    .isEqualTo(model.values().stream().mapToInt(Queue::size).sum());
            if (queue.isEmpty()) {
                assertThat(queue.bytes()).isZero();
                assertThat(queue.takeRoom()).isEqualTo(refused);
                refused = false;
            }
        }
    }

    @Test
    void roomIsToldOnceAndOnlyBelowHalf() {
        SendQueue queue = new SendQueue(4, 100_000);
        Bytes large = Bytes.wrap(new byte[Limits.BATCH_BYTES_MAX / 2]);
        for (int i = 0; i < 3; i++)
            assertThat(queue.offer(Priority.MESSAGE, large)).isTrue();
        assertThat(queue.offer(Priority.MESSAGE, large)).isFalse();
        assertThat(queue.takeRoom()).isFalse();
        drain(queue);
        assertThat(queue.frames()).isEqualTo(2);
        assertThat(queue.takeRoom()).isFalse();
        drain(queue);
        assertThat(queue.wantsRoom()).isTrue();
        assertThat(queue.takeRoom()).isTrue();
        assertThat(queue.takeRoom()).isFalse();
    }

    @Test
    void aFrameLargerThanTheQueueStillGetsThrough() {
        SendQueue queue = new SendQueue(10, 1);
        assertThat(queue.offer(Priority.BULK, Bytes.wrap(new byte[1_000]))).isTrue();
        assertThat(queue.offer(Priority.BULK, Bytes.wrap(new byte[1]))).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bothEndsOfTwoLinksJudgeTheSame(long seed) {
        Chance chance = new Chance(seed);
        for (int i = 0; i < 100; i++) {
            // Link X, dialled by the small one, and Y by the great one; each end may see either come up first.
            long openX = chance.below(5_000);
            long openY = chance.below(5_000);
            Claim xHere = new Claim(3, true, openX, openX + chance.below(5_000));
            Claim yHere = new Claim(3, false, openY, openY + chance.below(5_000));
            Claim xThere = new Claim(8, false, openX, openX + chance.below(5_000));
            Claim yThere = new Claim(8, true, openY, openY + chance.below(5_000));
            boolean yStaysHere = DuplicateRule.judge(SMALL, GREAT, xHere, yHere) == Verdict.NEWCOMER;
            boolean xStaysHere = DuplicateRule.judge(SMALL, GREAT, yHere, xHere) == Verdict.NEWCOMER;
            boolean yStaysThere = DuplicateRule.judge(GREAT, SMALL, xThere, yThere) == Verdict.NEWCOMER;
            boolean xStaysThere = DuplicateRule.judge(GREAT, SMALL, yThere, xThere) == Verdict.NEWCOMER;
            assertThat(List.of(yStaysHere, !xStaysHere, yStaysThere, !xStaysThere))
                    .containsOnly(true);
        }
    }

    @Test
    void aHigherIncarnationWinsWhateverElse() {
        Claim old = new Claim(4, true, 1_000, 1_000);
        Claim newer = new Claim(5, false, 0, 0);
        assertThat(DuplicateRule.judge(GREAT, SMALL, old, newer)).isEqualTo(Verdict.NEWCOMER_OF_NEW_LIFE);
        assertThat(DuplicateRule.judge(GREAT, SMALL, newer, old)).isEqualTo(Verdict.OLD);
    }

    @Test
    void ofTwoDialledByTheSameSideTheLaterStays() {
        Claim early = new Claim(4, false, 1_000, 2_000);
        Claim late = new Claim(4, false, 1_500, 1_600);
        assertThat(DuplicateRule.judge(GREAT, SMALL, early, late)).isEqualTo(Verdict.NEWCOMER);
        assertThat(DuplicateRule.judge(GREAT, SMALL, late, early)).isEqualTo(Verdict.OLD);
    }

    @Test
    void whoDialsLongAfterALinkWasUpHasLostIt() {
        Claim old = new Claim(4, true, 0, 1_000);
        Claim atOnce = new Claim(4, false, 1_000 + LinkConfig.DIAL_MILLIS, 0);
        Claim later = new Claim(4, false, 1_001 + LinkConfig.DIAL_MILLIS, 0);
        assertThat(DuplicateRule.judge(GREAT, SMALL, old, atOnce)).isEqualTo(Verdict.OLD);
        assertThat(DuplicateRule.judge(GREAT, SMALL, old, later)).isEqualTo(Verdict.NEWCOMER);
    }

    @Test
    void everyStateKnowsWhatEveryInputDoes() {
        assertThat(row(Input.OPEN)).isEqualTo("HANDSHAKE HANDSHAKE UP DRAINING CLOSED ");
        assertThat(row(Input.PROOF)).isEqualTo("OPENING UP UP DRAINING CLOSED ");
        assertThat(row(Input.DRAIN)).isEqualTo("OPENING HANDSHAKE DRAINING DRAINING CLOSED ");
        assertThat(row(Input.END)).isEqualTo("CLOSED CLOSED CLOSED CLOSED CLOSED ");
    }

    @Test
    void admissionCountsWhoIsThere() {
        Admission admission = new Admission(DEFAULTS.withLinks(10, 3, 2));
        assertThat(admission.enter("a", 0)).isTrue();
        assertThat(admission.enter("a", 0)).isTrue();
        assertThat(admission.enter("a", 0)).isFalse();
        assertThat(admission.enter("b", 0)).isTrue();
        assertThat(admission.enter("c", 0)).isFalse();
        admission.leave("a");
        assertThat(admission.enter("c", 0)).isTrue();
        assertThat(admission.halfOpen()).isEqualTo(3);
        assertThatThrownBy(() -> admission.leave("d")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void handshakesOneAfterTheOtherAreLimitedForEachAddress() {
        Admission admission = new Admission(DEFAULTS.withHandshakes(2, 5));
        for (int i = 0; i < 5; i++) {
            assertThat(admission.enter("a", 0)).isTrue();
            admission.leave("a");
        }
        assertThat(admission.enter("a", 499)).isFalse();
        assertThat(admission.enter("b", 499)).isTrue();
        assertThat(admission.enter("a", 500)).isTrue();
    }

    @Test
    void noMoreThanSoManyAddressesAreRememberedAndThoseWithHandshakesAreNotForgotten() {
        Admission admission = new Admission(DEFAULTS.withHandshakes(1, 1));
        assertThat(admission.enter("first", 0)).isTrue();
        for (int i = 0; i < 2 * Admission.ADDRESSES_MAX; i++) {
            assertThat(admission.enter("address " + i, 0)).isTrue();
            admission.leave("address " + i);
        }
        assertThat(admission.addresses()).isEqualTo(Admission.ADDRESSES_MAX);
        assertThat(admission.enter("first", 0)).isFalse();
        admission.leave("first");
        assertThat(admission.halfOpen()).isZero();
    }

    @Test
    void settingsOutOfRangeAreRefusedInWords() {
        assertThatThrownBy(() -> DEFAULTS.withLinks(0, 1, 1)).hasMessage("linksMax is 0, allowed are 1 to 1000000");
        assertThatThrownBy(() -> DEFAULTS.withLinks(1, 4, 5))
                .hasMessage("halfOpenPerAddressMax is 5, allowed are 1 to 4");
        assertThatThrownBy(() -> DEFAULTS.withQueue(1, -1)).hasMessageStartingWith("queueBytesMax is -1");
        assertThatThrownBy(() -> DEFAULTS.withStrangers(0, 1)).hasMessageStartingWith("strangers.framesPerSecond is 0");
        assertThat(DEFAULTS.withStrangers(5, 6).strangers().framesBurst()).isEqualTo(6);
    }

    private static Priority anyOf(Chance chance) {
        return List.copyOf(EnumSet.allOf(Priority.class)).get(chance.below(3));
    }

    private static String row(Input input) {
        StringBuilder row = new StringBuilder();
        for (LinkState state : LinkState.values()) row.append(state.on(input)).append(' ');
        return row.toString();
    }

    private static List<Bytes> drain(SendQueue queue) {
        return new ArrayList<>(Batch.split(queue.nextRecord()));
    }
}
