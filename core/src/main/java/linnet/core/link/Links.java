package linnet.core.link;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.Frame;
import org.jspecify.annotations.Nullable;

/** The authenticated links of this node, as the protocols above see them. */
public interface Links {
    /** Returns whether frames to {@code peer} can leave now. */
    boolean isUp(PeerId peer);

    /** Returns the peers with a link that is up, oldest first. */
    List<PeerId> up();

    /**
     * Queues a frame.
     *
     * @return false if there is no link, or that priority's queue is full; {@link Handler#onRoom} follows when it is below half
     */
    boolean send(PeerId peer, Frame frame);

    /**
     * Makes a link, trying the endpoints in order; does nothing when one is up. Where others have asked for the same link and it is on its
     * way, these endpoints are tried after theirs. {@link Handler#onUp} tells of success.
     *
     * @param onFailure hears once, as an input of its own, of the last endpoint's failure, when none of them worked, whoever brought it
     */
    void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure);

    /** Says how much a peer matters: a contact is not throttled like a stranger and is never evicted for one. */
    void keep(PeerId peer, Standing standing);

    /** Closes the link, after what waits has left. */
    void close(PeerId peer, Failure why);

    /** Returns what there is to show about the link to {@code peer}, or null if none is up. */
    @Nullable
    LinkView describe(PeerId peer);

    /** How much a peer matters here. */
    enum Standing {
        /** Nobody we know. */
        STRANGER,
        /** A contact's device. */
        CONTACT
    }

    /** What the owner of the links hears. */
    interface Handler {
        /** A link to {@code peer} is up, or a new one replaced the old (another incarnation of the peer). */
        void onUp(PeerId peer);

        /** The last link to {@code peer} is gone. */
        void onDown(PeerId peer, Failure why);

        /** A frame came that is not the link's own business. */
        void onFrame(PeerId from, Frame frame);

        /** A queue that was full is below half. */
        void onRoom(PeerId peer);
    }
}
