package linnet.core.wire;

import linnet.core.id.Bytes;
import linnet.core.id.PeerId;

/**
 * Bytes without a meaning: what is sent when a link itself is measured. A node has no use for them and drops them.
 *
 * @param bytes as many as a frame holds, at least one
 */
public record ProbeFrame(Bytes bytes) implements Frame {
    /** Longest bytes: a frame, less the two tags and two lengths around them. */
    public static final int BYTES_MAX = Limits.FRAME_BYTES_MAX - 8;

    /** Checks the length. */
    public ProbeFrame {
        if (bytes.length() < 1 || bytes.length() > BYTES_MAX)
            throw new IllegalArgumentException("probe of " + bytes.length() + " B");
    }

    @Override
    public void dispatch(PeerId from, Frame.Handler handler) {
        handler.onProbeFrame(from, this);
    }
}
