package linnet.core.dht;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import linnet.core.id.AddressGroup;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Contacts of a {@link RoutingTable} that are equally far from its owner, in the order in which they came. How far each can be relied on is
 * its {@link Standing}.
 *
 * <p>What is known of a contact lies in an array, 20 bytes each, and not in an object: tables are searched for every packet, nearly always
 * the first bits of the keys decide, and twenty of them lie in two lines of a cache where twenty objects lie in twenty. A node of a large
 * network has 260 contacts, so there is room for a few more than there are, and an empty bucket has no arrays of its own.
 *
 * <p>A contact is named by its place, 0 to {@link #size()} - 1, until one before it is removed.
 */
final class Bucket {
    /** After so many unanswered questions in a row a contact is no longer taken for alive. */
    static final int MISSES_MAX = 2;

    /** Newcomers remembered for a full bucket, until a place in it is free. */
    private static final int SPARES_MAX = 2;

    /** Places that are added at once. */
    private static final int STEP = 4;

    private static final int RTT_UNKNOWN = 0;
    private static final int RTT_MAX = 0xffff;

    /** The parts of a state: the misses in its lowest bits, then two flags; after the state the round trip. */
    private static final int MISSES = 3;

    private static final int PROVEN = 4;
    private static final int LINKED = 8;
    private static final int STATE = 15;
    private static final int RTT_SHIFT = 4;
    private static final Standing[] STANDING_OF_STATE = standings();

    /** For each standing the states that are this or a better one, a bit for each. */
    private static final int[] STATES_OF_LEAST = statesOfLeast();

    /** The states of those who missed an answer. */
    private static final int SILENT_STATES = ~statesOf(Standing.TOLD);

    private static final Whereabouts[] NOBODY = {};
    private static final int[] NO_WORDS = {};

    /** The parts of the words after the first bits. */
    private static final int STATES = 1;

    private static final int HEARD = 2;
    private static final int GROUPS = 3;
    private static final int PARTS = 4;

    private int size;
    private int places;

    /** How many missed an answer. */
    private int silent;

    /**
     * In one piece, because each array more is one place in memory more: the first bits of the keys of all places, then the states of all with
     * the round trips, then when they were heard last (when they were told, for those that never answered), then the address groups.
     */
    private int[] words = NO_WORDS;

    private Whereabouts[] wheres = NOBODY;
    private List<Whereabouts> spares = List.of();

    int size() {
        return size;
    }

    /** Returns the place of a peer, or -1. */
    int place(PeerId peer) {
        int prefix = peer.key().a();
        for (int i = 0; i < size; i++)
            if (words[i] == prefix && wheres[i].peer().equals(peer)) return i;
        return -1;
    }

    /** Returns the place of a peer, or -1. */
    @SuppressWarnings(
            "ReferenceEquality") // mostly it is the very object, and then neither peer nor key has to be fetched
    int place(Whereabouts where) {
        int prefix = where.prefix();
        for (int i = 0; i < size; i++)
            if (words[i] == prefix && (wheres[i] == where || wheres[i].peer().equals(where.peer()))) return i;
        return -1;
    }

    Whereabouts where(int at) {
        return wheres[at];
    }

    Key key(int at) {
        return wheres[at].peer().key();
    }

    /** Returns the first bits of the key. */
    int prefix(int at) {
        return words[at];
    }

    /** Returns the {@link AddressGroup}. */
    int group(int at) {
        return words[GROUPS * places + at];
    }

    Standing standing(int at) {
        return STANDING_OF_STATE[state(at)];
    }

    /** Returns whether the standing is this or a better one. */
    boolean isAtLeast(int at, Standing least) {
        return isOneOf(at, statesOf(least));
    }

    /** Returns the states that are this standing or a better one, a bit for each: for loops, where to ask the standing of each takes long. */
    @SuppressWarnings("EnumOrdinal") // an index of this class alone, and asked for with every packet
    static int statesOf(Standing least) {
        return STATES_OF_LEAST[least.ordinal()];
    }

    /** Returns whether the state is one of these. */
    boolean isOneOf(int at, int wanted) {
        return (wanted >>> state(at) & 1) != 0;
    }

    boolean isProven(int at) {
        return (state(at) & PROVEN) != 0;
    }

    int misses(int at) {
        return state(at) & MISSES;
    }

    /** Returns the smoothed round trip, or 0 if none was measured. */
    int rttMillis(int at) {
        return words[STATES * places + at] >>> RTT_SHIFT;
    }

    int heardSeconds(int at) {
        return words[HEARD * places + at];
    }

    /** Returns for how long nothing was heard. */
    long silentMillis(int at, long nowMillis) {
        return Math.max(0, nowMillis - heardSeconds(at) * 1_000L);
    }

    /** Returns a second: whoever was heard then or before has been silent for so long. */
    static long silentSince(long silentMillis, long nowMillis) {
        return Math.floorDiv(nowMillis - silentMillis, 1_000L);
    }

    /** It gave a sign of life. */
    void onHeard(int at, int measuredMillis, long nowMillis) {
        words[HEARD * places + at] = seconds(nowMillis);
        turn(at, (state(at) & ~MISSES) | PROVEN);
        if (measuredMillis < 0) return;
        int measured = measured(measuredMillis);
        int old = rttMillis(at);
        int rtt = old == RTT_UNKNOWN ? measured : (7 * old + measured) / 8;
        words[STATES * places + at] = rtt << RTT_SHIFT | state(at);
    }

    void onMiss(int at) {
        if (misses(at) < MISSES_MAX) turn(at, state(at) + 1);
    }

    void onGone(int at) {
        turn(at, (state(at) & ~MISSES & ~LINKED) | MISSES_MAX);
    }

    void onLink(int at, boolean isUp) {
        turn(at, isUp ? state(at) | LINKED : state(at) & ~LINKED);
    }

    private int state(int at) {
        return words[STATES * places + at] & STATE;
    }

    private void turn(int at, int state) {
        silent += silence(state) - silence(state(at));
        words[STATES * places + at] = (words[STATES * places + at] & ~STATE) | state;
    }

    private static int silence(int state) {
        return SILENT_STATES >>> state & 1;
    }

    /** It is somewhere else now. */
    void moved(int at, Whereabouts now) {
        wheres[at] = now;
        words[GROUPS * places + at] = now.addressGroup();
    }

    void add(Whereabouts where, long nowMillis, boolean isProven) {
        if (size == places) resize(size + STEP);
        size++;
        set(size - 1, where, nowMillis, isProven);
    }

    /** Gives the place of a contact, or a new one, to a newcomer. */
    void set(int at, Whereabouts where, long nowMillis, boolean isProven) {
        turn(at, isProven ? PROVEN : 0);
        wheres[at] = where;
        words[at] = where.prefix();
        words[STATES * places + at] = state(at);
        words[HEARD * places + at] = seconds(nowMillis);
        words[GROUPS * places + at] = where.addressGroup();
    }

    /** Removes a contact; those after it move up. */
    void remove(int at) {
        turn(at, 0);
        for (int i = at + 1; i < size; i++) copy(this, i, i - 1);
        size--;
        words[STATES * places + size] = 0;
        Arrays.fill(wheres, size, size + 1, null);
    }

    /** Moves those that share more than so many first bits with a key to a bucket of their own. */
    Bucket split(Key self, int bits) {
        Bucket deeper = new Bucket();
        int kept = 0;
        for (int i = 0; i < size; i++)
            if (common(self, i) > bits) {
                deeper.append(this, i);
                turn(i, 0);
            } else copy(this, i, kept++);
        size = kept;
        resize((size + STEP - 1) / STEP * STEP);
        return deeper;
    }

    /** Returns how many leading bits of a contact's key are those of another. */
    private int common(Key key, int at) {
        int differing = key.a() ^ words[at];
        return differing == 0 ? key.commonPrefix(key(at)) : Integer.numberOfLeadingZeros(differing);
    }

    private void append(Bucket from, int at) {
        if (size == places) resize(size + STEP);
        copy(from, at, size++);
        silent += silence(from.state(at));
    }

    private void copy(Bucket from, int at, int to) {
        wheres[to] = from.wheres[at];
        for (int part = 0; part < PARTS; part++) words[part * places + to] = from.words[part * from.places + at];
    }

    private void resize(int wanted) {
        int[] moved = new int[PARTS * wanted];
        for (int part = 0; part < PARTS; part++) System.arraycopy(words, part * places, moved, part * wanted, size);
        words = moved;
        wheres = Arrays.copyOf(wheres, wanted);
        places = wanted;
    }

    /** Remembers a newcomer for whom there is no place; the latest is the first to get one. */
    void spare(Whereabouts where) {
        List<Whereabouts> waiting = new ArrayList<>(spares);
        for (int i = 0; i < waiting.size(); i++) if (waiting.get(i).peer().equals(where.peer())) waiting.remove(i--);
        if (waiting.size() == SPARES_MAX) waiting.remove(0);
        waiting.add(where);
        spares = List.copyOf(waiting);
    }

    /** Returns the newcomer that waits for a place and forgets it, or null. One that got a place otherwise no longer waits. */
    @Nullable
    Whereabouts takeSpare() {
        while (!spares.isEmpty()) {
            Whereabouts spare = spares.get(spares.size() - 1);
            spares = List.copyOf(spares.subList(0, spares.size() - 1));
            if (place(spare) < 0) return spare;
        }
        return null;
    }

    /** Returns how many missed no answer. */
    int fill() {
        return size - silent;
    }

    /** Returns how many stand so or better. */
    int count(Standing least) {
        int wanted = statesOf(least);
        int count = 0;
        for (int i = 0; i < size; i++) if (isOneOf(i, wanted)) count++;
        return count;
    }

    /** Returns how many are of an address group; peers without an address are not counted. */
    int inGroup(int group) {
        if (group == AddressGroup.NONE) return 0;
        int count = 0;
        for (int i = 0; i < size; i++) if (group(i) == group) count++;
        return count;
    }

    /** Returns whether anybody missed an answer. */
    boolean hasSilent() {
        return silent > 0;
    }

    /** Lower standing; of equals the slower. */
    boolean isWeaker(int one, int other) {
        int order = standing(one).compareTo(standing(other));
        return order < 0 || (order == 0 && rttMillis(one) > rttMillis(other));
    }

    /** Returns whether a contact is nearer to a key than another peer is. */
    boolean isNearer(int at, Whereabouts other, Key target) {
        int prefix = words[at];
        if (prefix == other.prefix())
            return target.compareDistance(key(at), other.peer().key()) < 0;
        return Integer.compareUnsigned(target.a() ^ prefix, target.a() ^ other.prefix()) < 0;
    }

    /** Returns what is kept of a measured round trip. */
    static int measured(int millis) {
        return Math.min(Math.max(1, millis), RTT_MAX);
    }

    private static int seconds(long millis) {
        return (int) (millis / 1_000);
    }

    private static Standing[] standings() {
        Standing[] standings = new Standing[LINKED << 1];
        for (int state = 0; state < standings.length; state++) standings[state] = standingOf(state);
        return standings;
    }

    @SuppressWarnings("EnumOrdinal") // as above
    private static int[] statesOfLeast() {
        int[] states = new int[Standing.values().length];
        for (Standing least : Standing.values())
            for (int state = 0; state < STANDING_OF_STATE.length; state++)
                if (STANDING_OF_STATE[state].compareTo(least) >= 0) states[least.ordinal()] |= 1 << state;
        return states;
    }

    private static Standing standingOf(int state) {
        if ((state & LINKED) != 0) return Standing.LINKED;
        if ((state & MISSES) >= MISSES_MAX) return Standing.GONE;
        if ((state & MISSES) > 0) return Standing.SUSPECT;
        return (state & PROVEN) != 0 ? Standing.PROVEN : Standing.TOLD;
    }
}
