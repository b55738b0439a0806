package linnet.core.node;

import java.time.Duration;
import linnet.core.dht.Dht;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Timer;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import org.jspecify.annotations.Nullable;

/**
 * How a bootstrap node receives: connect, ask, disconnect (SPEC D8). Nothing is kept of a caller beyond its place in the table, and a link that has had its time is closed, so
 * that the network does not become a hub around it.
 */
final class Reception {
    /** A newcomer asks for its neighbourhood within a second; one that dials back and walks is done in ten. */
    private static final long STAY_MILLIS = 30_000;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** With fewer peers there is nobody else to have links to. */
    private static final int OTHERS_MIN = 8;

    private final Env env;
    private final Links links;
    private final Dht dht;
    private @Nullable Timer timer;

    Reception(Env env, Links links, Dht dht) {
        this.env = env;
        this.links = links;
        this.dht = dht;
    }

    void start() {
        timer = env.after(LOOK_EVERY, this::look);
    }

    void stop() {
        if (timer != null) timer.cancel();
    }

    private void look() {
        if (dht.anybody(OTHERS_MIN).size() >= OTHERS_MIN) for (PeerId peer : links.up()) part(peer);
        start();
    }

    private void part(PeerId peer) {
        LinkView link = links.describe(peer);
        if (link == null || link.dialledHere() || env.nowMillis() - link.sinceMillis() < STAY_MILLIS) return;
        links.close(peer, new Failure(Code.STOPPING, "a bootstrap node keeps no links"));
    }
}
