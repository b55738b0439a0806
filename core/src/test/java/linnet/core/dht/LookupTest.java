package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import linnet.core.dht.Lookup.Candidate;
import linnet.core.dht.Lookup.State;
import linnet.core.env.Chance;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LookupTest {
    private static final Key ZERO = Somebody.tiny(0);
    private static final PeerId SELF = new PeerId(Somebody.tiny(0xff));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @Test
    void theNearestAreAskedFirstAndOnlySoManyAtOnce() {
        Lookup lookup = new Lookup(ZERO, SELF, 3, 2, 1);
        lookup.begin(List.of(peer(8), peer(4), peer(2), peer(1)));
        assertThat(ask(lookup)).isEqualTo(1);
        assertThat(ask(lookup)).isEqualTo(2);
        assertThat(ask(lookup)).isEqualTo(-1);
        answer(lookup, 1);
        assertThat(ask(lookup)).isEqualTo(4);
    }

    @Test
    void itEndsWhenTheNearestHaveAnswered() {
        Lookup lookup = new Lookup(ZERO, SELF, 2, 3, 1);
        lookup.begin(List.of(peer(1), peer(2), peer(4), peer(8)));
        askAll(lookup);
        answer(lookup, 4);
        answer(lookup, 1);
        assertThat(lookup.isDone()).isFalse();
        answer(lookup, 2);
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.answered(2)).containsExactly(peer(1), peer(2));
        assertThat(ask(lookup)).isEqualTo(-1);
    }

    @Test
    void aNearerOneThatIsNamedIsAskedBeforeItEnds() {
        Lookup lookup = new Lookup(ZERO, SELF, 1, 3, 1);
        lookup.begin(List.of(peer(8)));
        askAll(lookup);
        answer(lookup, 8, peer(1));
        assertThat(lookup.isDone()).isFalse();
        Candidate nearer = lookup.next(0);
        assertThat(nearer).isNotNull();
        assertThat(nearer.hop).isEqualTo(2);
        answer(lookup, 1);
        assertThat(lookup.isDone()).isTrue();
    }

    @Test
    void aLateOneMakesPlaceForAnother() {
        Lookup lookup = new Lookup(ZERO, SELF, 2, 1, 1);
        lookup.begin(List.of(peer(1), peer(2)));
        assertThat(ask(lookup)).isEqualTo(1);
        assertThat(ask(lookup)).isEqualTo(-1);
        assertThat(lookup.markLate(0)).isEqualTo(-1);
        assertThat(ask(lookup)).isEqualTo(2);
    }

    @Test
    void aLateAnswerStillCounts() {
        Lookup lookup = new Lookup(ZERO, SELF, 1, 1, 1);
        lookup.begin(List.of(peer(4)));
        askAll(lookup);
        lookup.markLate(0);
        assertThat(lookup.isDone()).isFalse();
        answer(lookup, 4, peer(1));
        assertThat(ask(lookup)).isEqualTo(1);
    }

    @Test
    void itEndsWhenNobodyIsLeft() {
        Lookup lookup = new Lookup(ZERO, SELF, 3, 3, 1);
        lookup.begin(List.of(peer(1)));
        askAll(lookup);
        lookup.onFailure(candidate(lookup, 1));
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.answered(3)).isEmpty();
    }

    @Test
    void theAskerIsNeverItsOwnCandidate() {
        Lookup lookup = new Lookup(ZERO, SELF, 3, 3, 1);
        lookup.begin(List.of(Somebody.alone(SELF.key())));
        assertThat(lookup.next(0)).isNull();
        assertThat(lookup.isDone()).isTrue();
    }

    @Test
    void aPathLearnsFromItsOwnPeersOnly() {
        Lookup lookup = new Lookup(ZERO, SELF, 1, 2, 2);
        lookup.begin(List.of(peer(16), peer(32)));
        askAll(lookup);
        answer(lookup, 16, peer(1));
        answer(lookup, 32, peer(1), peer(2));
        assertThat(candidate(lookup, 1).path).isZero();
        assertThat(candidate(lookup, 2).path).isEqualTo(1);
        askAll(lookup);
        answer(lookup, 1);
        assertThat(lookup.isDone()).isFalse();
        answer(lookup, 2);
        assertThat(lookup.isDone()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLiarThatNamesPeersWithoutEndIsCutOff(long seed) {
        Chance chance = new Chance(seed);
        Lookup lookup = new Lookup(Somebody.key(chance), SELF, 20, 6, 1);
        lookup.begin(Somebody.crowd(chance, 3));
        for (Candidate next = lookup.next(0); next != null; next = lookup.next(0))
            lookup.onAnswer(next, Somebody.crowd(chance, 20));
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.questions()).isLessThanOrEqualTo(Lookup.QUESTIONS_MAX);
        assertThat(lookup.candidates().size()).isLessThanOrEqualTo(Lookup.CANDIDATES_MAX);
    }

    /** A network of ideal tables, where some peers are dead: the walk still ends at the nearest living ones. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itEndsAtTheNearestWhoeverFailsOnTheWay(long seed) {
        Chance chance = new Chance(seed);
        List<Whereabouts> all = Somebody.crowd(chance, 300);
        TreeSet<PeerId> dead = new TreeSet<>();
        List<Whereabouts> living = new ArrayList<>();
        for (Whereabouts peer : all)
            if (chance.happens(0.3)) dead.add(peer.peer());
            else living.add(peer);
        Key target = Somebody.key(chance);
        Lookup lookup = new Lookup(target, SELF, 8, 4, 1);
        lookup.begin(all.subList(0, 20));
        List<Candidate> inFlight = new ArrayList<>();
        while (!lookup.isDone()) {
            for (Candidate next = lookup.next(0); next != null; next = lookup.next(0)) inFlight.add(next);
            Candidate asked = inFlight.remove(chance.below(inFlight.size()));
            if (dead.contains(asked.where.peer())) lookup.onFailure(asked);
            else lookup.onAnswer(asked, contactsOf(asked.where, all, target));
        }
        assertThat(lookup.answered(8)).isEqualTo(Somebody.sorted(target, living).subList(0, 8));
    }

    /** What a peer with a full table of k = 20 names. */
    private static List<Whereabouts> contactsOf(Whereabouts peer, List<Whereabouts> all, Key target) {
        RoutingTable table = new RoutingTable(peer.peer().key(), 20);
        for (Whereabouts other : all) table.onHeard(other, 1, 0);
        return table.nearest(target, 20);
    }

    private static Whereabouts peer(int firstByte) {
        return Somebody.alone(Somebody.tiny(firstByte));
    }

    private static int ask(Lookup lookup) {
        Candidate next = lookup.next(0);
        return next == null ? -1 : next.where.peer().key().a() >>> 24;
    }

    private static void askAll(Lookup lookup) {
        int asked = 0;
        while (asked >= 0) asked = ask(lookup);
    }

    private static void answer(Lookup lookup, int firstByte, Whereabouts... named) {
        Candidate from = candidate(lookup, firstByte);
        assertThat(from.state).isIn(State.ASKED, State.LATE);
        lookup.onAnswer(from, List.of(named));
    }

    private static Candidate candidate(Lookup lookup, int firstByte) {
        Candidate candidate = lookup.candidate(new PeerId(Somebody.tiny(firstByte)));
        if (candidate == null) throw new AssertionError("nobody named " + firstByte);
        return candidate;
    }
}
