package linnet.core.link;

import linnet.core.wire.ContactFrame;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.Frame;
import linnet.core.wire.LinkFrame;
import linnet.core.wire.MessageFrame;

/** What leaves first. A lower one waits until the higher ones are empty; within one priority frames keep their order. */
enum Priority {
    /** The link's own frames, who somebody is, questions, and receipts: small, and others wait for them. */
    CONTROL,
    /** What people write. */
    MESSAGE,
    /** Whatever may take its time: the place of files and feeds. */
    BULK;

    /** Returns the priority of a frame. */
    static Priority of(Frame frame) {
        if (frame instanceof LinkFrame || frame instanceof ContactFrame || frame instanceof DhtFrame) return CONTROL;
        if (frame instanceof MessageFrame.Receipt) return CONTROL;
        return frame instanceof MessageFrame ? MESSAGE : BULK;
    }
}
