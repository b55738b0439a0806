package linnet.core.link;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.NoiseIK;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** A handshake that this side has begun: a first packet that waits for its second. Questions to the peer that come meanwhile wait with it. */
final class Knock {
    /** Sealed packets that overtook the second packet: the rest of an answer. */
    static final int EARLY_MAX = 2;

    private final int session;
    private final Whereabouts to;
    private final NoiseIK noise;
    private final Bytes packet;
    private final @Nullable Asking<?> rider;
    private final boolean isAside;
    private final List<Asking<?>> askings = new ArrayList<>();
    private final List<Early> early = new ArrayList<>();
    private @Nullable Endpoint last;

    /** A packet and where it came from. */
    record Early(Endpoint from, Bytes packet) {}

    /**
     * Creates a handshake whose first packet is made.
     *
     * @param session what this side calls the session to come
     * @param rider the question that the packet carries; null if none fitted
     * @param isAside whether it leaves from another socket, to see whether the peer hears it, and leaves no session
     */
    Knock(int session, Whereabouts to, NoiseIK noise, Bytes packet, @Nullable Asking<?> rider, boolean isAside) {
        this.session = session;
        this.to = to;
        this.noise = noise;
        this.packet = packet;
        this.rider = rider;
        this.isAside = isAside;
    }

    int session() {
        return session;
    }

    Whereabouts to() {
        return to;
    }

    NoiseIK noise() {
        return noise;
    }

    Bytes packet() {
        return packet;
    }

    /** Returns whether a question to there can wait for this: nobody says that what is told of a peer's key is true. */
    boolean leadsTo(Whereabouts where) {
        return to.peer().equals(where.peer()) && to.linkPublic().equals(where.linkPublic());
    }

    /** Notes where the packet goes. Returns whether it went elsewhere before. */
    boolean goesTo(Endpoint address) {
        boolean isNews = !address.equals(last);
        last = address;
        return isNews;
    }

    boolean isAside() {
        return isAside;
    }

    /** Returns the question that the packet carries, or null. */
    @Nullable
    Asking<?> rider() {
        return rider;
    }

    /** Returns the questions that wait for it, the one that it carries among them. */
    List<Asking<?>> askings() {
        return askings;
    }

    void keep(Endpoint from, Bytes sealed) {
        if (early.size() < EARLY_MAX) early.add(new Early(from, sealed));
    }

    List<Early> early() {
        return early;
    }
}
