package linnet.core.bootstrap;

import java.util.List;
import linnet.core.wire.Whereabouts;

/** What joining needs of the table of peers; {@code Node} puts the DHT here. */
public interface Network {
    /** Begins, or begins anew, with these peers: asks them the way to the own neighbourhood. */
    void seed(List<Whereabouts> peers);

    /** Returns whether somebody answered, and those near this node know of it. */
    boolean isJoined();

    /** Returns peers near this node that answered when last asked, nearest first. */
    List<Whereabouts> near(int count);

    /** Returns peers from anywhere in the network, each time others. */
    List<Whereabouts> anybody(int count);

    /** Returns peers that gave a sign of life within this time. */
    List<Whereabouts> heard(long withinMillis);

    /** All links were lost and the first is back: what was missed meanwhile is made up for. */
    void onRecovered();
}
