package linnet.core.contact;

import java.time.Duration;
import linnet.core.env.Env;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/**
 * How long this device has lived: the time that its node ran, and for each pause between two lives what the wall clock says of it, up to
 * eight days. What waits, and what must not be kept too long, counts its age in this (docs/decisions/0062): a wall clock that is wrong, or
 * set right, by years changes nothing while the node runs, and no more than eight days at a start.
 */
final class LivedClock {
    /** Half of what a message lives, so that one wrong clock at one start fails nothing that was young. */
    private static final Duration PAUSE_MAX = Duration.ofDays(8);

    /** How much is lived again after a crash at most, while the wall clock is wrong; else the pause makes up for it. */
    private static final Duration SAVE_EVERY = Duration.ofHours(1);

    private static final String TABLE = "self";
    private static final String KEY = "lived";

    private final Env env;
    private long baseMillis;
    private @Nullable Timer timer;

    LivedClock(Env env) {
        this.env = env;
    }

    /** Takes up the life that the store tells of. */
    void start() {
        Bytes row = env.store().get(TABLE, KEY);
        long before = row == null ? 0 : at(row);
        baseMillis = before - env.nowMillis();
        save();
    }

    void stop() {
        if (timer != null) timer.cancel();
    }

    /** Returns milliseconds; never goes back, also not over a restart. */
    long millis() {
        return baseMillis + env.nowMillis();
    }

    private void save() {
        Bytes row = new Writer()
                .uint64(1, millis())
                .uint64(2, Math.max(0, env.wallMillis()))
                .toBytes();
        env.store().put(TABLE, KEY, row);
        timer = env.after(SAVE_EVERY, this::save);
    }

    /** Returns how old the device is now that had this row at its last save. */
    private long at(Bytes row) {
        long lived = 0;
        long wall = 0;
        Reader reader = new Reader(row);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> lived = reader.uint64(Long.MAX_VALUE);
                case 2 -> wall = reader.uint64(Long.MAX_VALUE);
                default -> reader.skip();
            }
        }
        long pause = Math.max(0, env.wallMillis() - wall);
        return lived + Math.min(pause, PAUSE_MAX.toMillis());
    }
}
