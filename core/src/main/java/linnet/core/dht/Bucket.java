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
 * <p>What is known of a contact lies in arrays side by side, 19 bytes each, and not in an object: tables are searched for every packet, nearly
 * always the first bits of the keys decide, and twenty of them lie in two lines of a cache where twenty objects lie in twenty. A node of a
 * large network has 260 contacts, so there is room for a few more than there are, and an empty bucket has no arrays of its own.
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

    /** The parts of a state: the misses in its lowest bits, then two flags. */
    private static final int MISSES = 3;

    private static final int PROVEN = 4;
    private static final int LINKED = 8;
    private static final Standing[] STANDING_OF_STATE = standings();

    /** For each standing the states that are this or a better one, a bit for each. */
    private static final int[] STATES_OF_LEAST = statesOfLeast();

    private static final Whereabouts[] NOBODY = {};
    private static final int[] NO_INTS = {};
    private static final short[] NO_SHORTS = {};
    private static final byte[] NO_BYTES = {};

    private int size;

    /** The first bits of the keys. */
    private int[] prefixes = NO_INTS;

    private byte[] states = NO_BYTES;
    private Whereabouts[] wheres = NOBODY;

    /** When they were heard last; when they were told, for those that never answered. */
    private int[] heardSeconds = NO_INTS;

    private short[] rtts = NO_SHORTS;
    private int[] groups = NO_INTS;
    private List<Whereabouts> spares = List.of();

    int size() {
        return size;
    }

    /** Returns the place of a peer, or -1. */
    int place(PeerId peer) {
        int prefix = peer.key().a();
        for (int i = 0; i < size; i++)
            if (prefixes[i] == prefix && wheres[i].peer().equals(peer)) return i;
        return -1;
    }

    /** Returns the place of a peer, or -1. */
    @SuppressWarnings(
            "ReferenceEquality") // mostly it is the very object, and then neither peer nor key has to be fetched
    int place(Whereabouts where) {
        int prefix = where.prefix();
        for (int i = 0; i < size; i++)
            if (prefixes[i] == prefix && (wheres[i] == where || wheres[i].peer().equals(where.peer()))) return i;
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
        return prefixes[at];
    }

    /** Returns the {@link AddressGroup}. */
    int group(int at) {
        return groups[at];
    }

    Standing standing(int at) {
        return STANDING_OF_STATE[states[at]];
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
        return (wanted >>> states[at] & 1) != 0;
    }

    boolean isProven(int at) {
        return (states[at] & PROVEN) != 0;
    }

    int misses(int at) {
        return states[at] & MISSES;
    }

    /** Returns the smoothed round trip, or 0 if none was measured. */
    int rttMillis(int at) {
        return rtts[at] & RTT_MAX;
    }

    int heardSeconds(int at) {
        return heardSeconds[at];
    }

    /** Returns for how long nothing was heard. */
    long silentMillis(int at, long nowMillis) {
        return Math.max(0, nowMillis - heardSeconds[at] * 1_000L);
    }

    /** Returns a second: whoever was heard then or before has been silent for so long. */
    static long silentSince(long silentMillis, long nowMillis) {
        return Math.floorDiv(nowMillis - silentMillis, 1_000L);
    }

    /** It gave a sign of life. */
    void onHeard(int at, int measuredMillis, long nowMillis) {
        heardSeconds[at] = seconds(nowMillis);
        states[at] = (byte) ((states[at] & ~MISSES) | PROVEN);
        if (measuredMillis < 0) return;
        int measured = measured(measuredMillis);
        int old = rttMillis(at);
        rtts[at] = (short) (old == RTT_UNKNOWN ? measured : (7 * old + measured) / 8);
    }

    void onMiss(int at) {
        if (misses(at) < MISSES_MAX) states[at]++;
    }

    void onGone(int at) {
        states[at] = (byte) ((states[at] & ~MISSES & ~LINKED) | MISSES_MAX);
    }

    void onLink(int at, boolean isUp) {
        states[at] = (byte) (isUp ? states[at] | LINKED : states[at] & ~LINKED);
    }

    /** It is somewhere else now. */
    void moved(int at, Whereabouts now) {
        wheres[at] = now;
        groups[at] = now.addressGroup();
    }

    void add(Whereabouts where, long nowMillis, boolean isProven) {
        if (size == wheres.length) resize(size + STEP);
        size++;
        set(size - 1, where, nowMillis, isProven);
    }

    /** Gives the place of a contact to a newcomer. */
    void set(int at, Whereabouts where, long nowMillis, boolean isProven) {
        wheres[at] = where;
        prefixes[at] = where.prefix();
        groups[at] = where.addressGroup();
        heardSeconds[at] = seconds(nowMillis);
        rtts[at] = RTT_UNKNOWN;
        states[at] = (byte) (isProven ? PROVEN : 0);
    }

    /** Removes a contact; those after it move up. */
    void remove(int at) {
        for (int i = at + 1; i < size; i++) copy(this, i, i - 1);
        size--;
        Arrays.fill(wheres, size, size + 1, null);
    }

    /** Moves those that share more than so many first bits with a key to a bucket of their own. */
    Bucket split(Key self, int bits) {
        Bucket deeper = new Bucket();
        int kept = 0;
        for (int i = 0; i < size; i++)
            if (self.commonPrefix(key(i)) > bits) deeper.append(this, i);
            else copy(this, i, kept++);
        size = kept;
        resize((size + STEP - 1) / STEP * STEP);
        return deeper;
    }

    private void append(Bucket from, int at) {
        if (size == wheres.length) resize(size + STEP);
        copy(from, at, size++);
    }

    private void copy(Bucket from, int at, int to) {
        wheres[to] = from.wheres[at];
        prefixes[to] = from.prefixes[at];
        groups[to] = from.groups[at];
        heardSeconds[to] = from.heardSeconds[at];
        rtts[to] = from.rtts[at];
        states[to] = from.states[at];
    }

    private void resize(int places) {
        wheres = Arrays.copyOf(wheres, places);
        prefixes = Arrays.copyOf(prefixes, places);
        groups = Arrays.copyOf(groups, places);
        heardSeconds = Arrays.copyOf(heardSeconds, places);
        rtts = Arrays.copyOf(rtts, places);
        states = Arrays.copyOf(states, places);
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
        for (int i = 0; i < size; i++) if (groups[i] == group) count++;
        return count;
    }

    /** Returns whether anybody missed an answer. */
    boolean hasSilent() {
        return count(Standing.TOLD) < size;
    }

    /** Lower standing; of equals the slower. */
    boolean isWeaker(int one, int other) {
        int order = standing(one).compareTo(standing(other));
        return order < 0 || (order == 0 && rttMillis(one) > rttMillis(other));
    }

    /** Returns whether a contact is nearer to a key than another peer is. */
    boolean isNearer(int at, Whereabouts other, Key target) {
        int prefix = prefixes[at];
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
