package linnet.core.dht;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * One walk towards a key: whom to ask next, and when it is over (Maymounkov and Mazières 2002, section 2.3).
 *
 * <p>The nearest that are known are asked first, so many at once. Whoever is late no longer counts as one of them, so a slow or dead peer
 * costs a question more and not its time-out. The walk ends when the {@code width} nearest of those that answer have answered, or nobody is
 * left. With several paths every peer belongs to the path that named it first, and a path learns from its own peers only: a liar spoils
 * one of them (Baumgart and Mies 2007, S/Kademlia, section 4.4).
 */
final class Lookup {
    /** Peers remembered by one walk: the farthest that were not asked are forgotten first. */
    static final int CANDIDATES_MAX = 160;

    /** Questions of one walk, so that peers that name others without end cannot keep it going. */
    static final int QUESTIONS_MAX = 160;

    private static final int DISTANCES_FIRST = 40;

    private final Key target;
    private final PeerId self;
    private final int width;
    private final int parallel;
    private final int paths;

    /** Nearest first. */
    private final List<Candidate> candidates = new ArrayList<>();

    /** The first bits of their distances to the target, beside each other: nearly always they decide who is nearer. */
    private int[] distances = new int[DISTANCES_FIRST];

    /** Questions on their way that are not late. */
    private final int[] inFlightByPath;

    private int toHear;
    private int questions;
    private int nextPath;

    /**
     * Creates a walk that knows nobody yet.
     *
     * @param width how many of the nearest must have answered, on each path
     * @param parallel questions on their way at once, all paths together
     */
    Lookup(Key target, PeerId self, int width, int parallel, int paths) {
        if (width < 1 || parallel < 1 || paths < 1) throw new IllegalArgumentException("a walk that asks nobody");
        this.target = target;
        this.self = self;
        this.width = width;
        this.parallel = parallel;
        this.paths = paths;
        this.inFlightByPath = new int[paths];
    }

    /** What is known of a question. */
    enum State {
        NEW,
        ASKED,
        /** Asked, and overdue. */
        LATE,
        ANSWERED,
        FAILED
    }

    /** One peer on the way. */
    static final class Candidate {
        final Whereabouts where;

        /** Questions on the way to it, its own counted. */
        final int hop;

        final int path;

        /** One of those of whom some must be heard. */
        boolean isToHear;

        State state = State.NEW;
        long askedMillis;

        Candidate(Whereabouts where, int hop, int path) {
            this.where = where;
            this.hop = hop;
            this.path = path;
        }
    }

    /**
     * Begins with these too, and lets the walk end only after so many of them have answered, or all of them, however far they are: where the
     * nearest are of one mind and name only each other, the walk would otherwise end among them.
     */
    void hear(List<Whereabouts> these, int count) {
        begin(these);
        toHear = count;
        for (Whereabouts where : these) {
            Candidate candidate = candidate(where.peer());
            if (candidate != null) candidate.isToHear = true;
        }
    }

    /** Begins with those who are known here, dealt to the paths in turn. */
    void begin(List<Whereabouts> known) {
        for (int i = 0; i < known.size(); i++) add(known.get(i), 1, i % paths);
    }

    /** Returns whom to ask now, marked as asked, or null if nobody for the moment. */
    @Nullable
    Candidate next(long nowMillis) {
        if (questions >= QUESTIONS_MAX) return null;
        for (int i = 0; i < paths; i++) {
            int path = nextPath;
            nextPath = (nextPath + 1) % paths;
            Candidate candidate = next(path);
            if (candidate == null) continue;
            turn(candidate, State.ASKED);
            candidate.askedMillis = nowMillis;
            questions++;
            return candidate;
        }
        return null;
    }

    /** It answered, and named these. */
    void onAnswer(Candidate candidate, List<Whereabouts> named) {
        turn(candidate, State.ANSWERED);
        for (Whereabouts where : named) add(where, candidate.hop + 1, candidate.path);
    }

    /** It did not answer, or refused. */
    void onFailure(Candidate candidate) {
        turn(candidate, State.FAILED);
    }

    private void turn(Candidate candidate, State next) {
        if (candidate.state == State.ASKED) inFlightByPath[candidate.path]--;
        if (next == State.ASKED) inFlightByPath[candidate.path]++;
        candidate.state = next;
    }

    /** Marks those asked before {@code beforeMillis} as late. Returns when the first of the others was asked, or -1 if there is none. */
    long markLate(long beforeMillis) {
        long first = -1;
        int left = inFlight();
        for (int i = 0; left > 0; i++) {
            Candidate candidate = candidates.get(i);
            if (candidate.state != State.ASKED) continue;
            left--;
            if (candidate.askedMillis <= beforeMillis) turn(candidate, State.LATE);
            else if (first < 0 || candidate.askedMillis < first) first = candidate.askedMillis;
        }
        return first;
    }

    private int inFlight() {
        int inFlight = 0;
        for (int ofPath : inFlightByPath) inFlight += ofPath;
        return inFlight;
    }

    /** Returns whether the nearest have answered, or nobody is left who could. */
    boolean isDone() {
        for (int path = 0; path < paths; path++) if (!isDone(path)) return false;
        return true;
    }

    /** Returns whether the nearest that are known have answered, so many of them; whoever is late or gone is passed over. */
    boolean haveNearestAnswered(int count) {
        int answered = 0;
        for (Candidate candidate : candidates) {
            if (answered == count) return true;
            switch (candidate.state) {
                case ANSWERED -> answered++;
                case NEW, ASKED -> {
                    return false;
                }
                default -> {}
            }
        }
        return answered > 0;
    }

    /** Returns the nearest that answered, nearest first. */
    List<Whereabouts> answered(int count) {
        List<Whereabouts> nearest = new ArrayList<>(count);
        for (Candidate candidate : candidates) {
            if (nearest.size() == count) break;
            if (candidate.state == State.ANSWERED) nearest.add(candidate.where);
        }
        return nearest;
    }

    /** Returns all that were named and may live, nearest first. */
    List<Candidate> candidates() {
        return candidates;
    }

    Key target() {
        return target;
    }

    /** Returns how many questions were asked. */
    int questions() {
        return questions;
    }

    /** Returns how many of them failed. */
    int failures() {
        int failures = 0;
        for (Candidate candidate : candidates) if (candidate.state == State.FAILED) failures++;
        return failures;
    }

    /** Returns the candidate of a peer, or null. */
    @Nullable
    Candidate candidate(PeerId peer) {
        int distance = target.a() ^ peer.key().a();
        for (int i = 0; i < candidates.size(); i++)
            if (distances[i] == distance && candidates.get(i).where.peer().equals(peer)) return candidates.get(i);
        return null;
    }

    private @Nullable Candidate next(int path) {
        if (inFlightByPath[path] >= Math.max(1, parallel / paths)) return null;
        int answered = 0;
        for (int i = 0; i < candidates.size() && answered < width; i++) {
            Candidate candidate = candidates.get(i);
            if (candidate.path != path) continue;
            if (candidate.state == State.NEW) return candidate;
            if (candidate.state == State.ANSWERED) answered++;
        }
        return nextToHear(path);
    }

    /** Returns one who is still to be heard, or null: the farthest, whom nobody chose for this target. */
    private @Nullable Candidate nextToHear(int path) {
        if (toHear == 0) return null;
        int heard = 0;
        Candidate next = null;
        for (Candidate candidate : candidates) {
            if (candidate.path != path || !candidate.isToHear) continue;
            if (candidate.state == State.ANSWERED || candidate.state == State.ASKED) heard++;
            else if (candidate.state == State.NEW) next = candidate;
        }
        return heard < toHear ? next : null;
    }

    private boolean hasHeardThem(int path) {
        if (toHear == 0) return true;
        int heard = 0;
        boolean isSomebodyLeft = false;
        for (Candidate candidate : candidates) {
            if (candidate.path != path || !candidate.isToHear) continue;
            if (candidate.state == State.ANSWERED) heard++;
            else if (candidate.state == State.NEW || candidate.state == State.ASKED) isSomebodyLeft = true;
        }
        return heard >= toHear || !isSomebodyLeft || questions >= QUESTIONS_MAX;
    }

    private boolean isDone(int path) {
        boolean isLateOneLeft = false;
        int answered = 0;
        boolean mayAsk = questions < QUESTIONS_MAX;
        for (Candidate candidate : candidates) {
            if (candidate.path != path) continue;
            switch (candidate.state) {
                case ANSWERED -> {
                    if (++answered >= width) return hasHeardThem(path);
                }
                case ASKED -> {
                    return false;
                }
                case NEW -> {
                    if (mayAsk) return false;
                }
                case LATE -> isLateOneLeft = true;
                case FAILED -> {}
            }
        }
        return !isLateOneLeft;
    }

    private void add(Whereabouts where, int hop, int path) {
        if (where.prefix() == self.key().a() && where.peer().equals(self)) return;
        int at = place(where);
        if (at >= 0) return;
        insert(-at - 1, new Candidate(where, hop, path));
        if (candidates.size() > CANDIDATES_MAX) forgetFarthest();
    }

    private void insert(int at, Candidate candidate) {
        int size = candidates.size();
        if (size == distances.length) distances = Arrays.copyOf(distances, 2 * size);
        System.arraycopy(distances, at, distances, at + 1, size - at);
        distances[at] = target.a() ^ candidate.where.prefix();
        candidates.add(at, candidate);
    }

    private void forgetFarthest() {
        for (int i = candidates.size() - 1; i >= 0; i--)
            if (candidates.get(i).state == State.NEW) {
                candidates.remove(i);
                System.arraycopy(distances, i + 1, distances, i, candidates.size() - i);
                return;
            }
    }

    /** Returns where a peer is in the list, or -(where it would be) - 1. */
    @SuppressWarnings(
            "ReferenceEquality") // mostly it is the very object, and then neither peer nor key has to be fetched
    private int place(Whereabouts where) {
        int distance = target.a() ^ where.prefix();
        int low = 0;
        int high = candidates.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(distances[middle], distance);
            if (order == 0) {
                Whereabouts there = candidates.get(middle).where;
                if (there == where || there.peer().equals(where.peer())) return middle;
                order = target.compareDistance(there.peer().key(), where.peer().key());
            }
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -low - 1;
    }
}
