package linnet.core.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a node, by what this side calls them. Those whose other side has not been heard at its address yet are kept apart and are
 * few: whoever repeats the first packets of others fills that place and no other.
 */
final class Sessions {
    /** Sessions kept, 600 B each: as many as a node speaks with in the half hour after which its contacts are asked again. The one that was used longest ago makes room; its peer needs a handshake the next time. */
    static final int PROVEN_MAX = 512;

    /** Sessions kept whose other side has to prove its address. That takes one round trip. */
    static final int UNPROVEN_MAX = 64;

    /** Least recently used first. */
    private final Map<Integer, Session> proven = new LinkedHashMap<>();

    /** Oldest first. */
    private final Map<Integer, Session> unproven = new LinkedHashMap<>();

    /** The latest proven session of each peer. */
    private final Map<PeerId, Session> byPeer = new LinkedHashMap<>();

    /** Takes in a session whose other side has not been heard there yet. */
    void add(Session session) {
        if (unproven.size() >= UNPROVEN_MAX)
            unproven.remove(unproven.keySet().iterator().next());
        unproven.put(session.local(), session);
    }

    /** The other side is where it says it is. Returns whether that is news. */
    boolean prove(Session session) {
        unproven.remove(session.local());
        boolean isNews = proven.remove(session.local()) == null;
        if (isNews && proven.size() >= PROVEN_MAX)
            remove(proven.values().iterator().next());
        proven.put(session.local(), session);
        if (isNews) byPeer.put(session.peer(), session);
        return isNews;
    }

    /** Returns the session that this side calls so, or null. */
    @Nullable
    Session get(int local) {
        Session session = proven.get(local);
        return session == null ? unproven.get(local) : session;
    }

    /** Returns the session in which a peer can be asked, or null. */
    @Nullable
    Session of(PeerId peer) {
        return byPeer.get(peer);
    }

    /** Returns the proven session that the other side, there, calls so, or null. */
    @Nullable
    Session remote(Endpoint address, int remote) {
        for (Session session : proven.values())
            if (session.remote() == remote && session.address().equals(address)) return session;
        return null;
    }

    /** Draws what this side calls a new session: nobody who did not see its packets can name it. */
    int draw(Crypto crypto) {
        while (true) {
            Bytes random = crypto.random(4);
            int local = (random.at(0) & 0x7f) << 24 | random.at(1) << 16 | random.at(2) << 8 | random.at(3);
            if (local != 0 && get(local) == null) return local;
        }
    }

    void remove(Session session) {
        unproven.remove(session.local());
        proven.remove(session.local());
        if (byPeer.get(session.peer()) == session) byPeer.remove(session.peer());
    }

    /** Returns how many there are of either kind. */
    int size() {
        return proven.size() + unproven.size();
    }

    void clear() {
        List<Session> all = new ArrayList<>(proven.values());
        all.addAll(unproven.values());
        for (Session session : all) remove(session);
    }
}
