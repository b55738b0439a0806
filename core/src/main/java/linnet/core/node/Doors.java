package linnet.core.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import linnet.core.bootstrap.Bootstrap;
import linnet.core.bootstrap.Door;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Timer;
import linnet.core.id.PeerId;
import linnet.core.link.Links;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap nodes of the configuration: while nobody else lets this node in, some of them are dialled, in random order so that they share the
 * load; asked, as any linked peer is; and left when there are links to others (SPEC D8).
 */
final class Doors {
    /** Dialled at once: one of three is there. */
    private static final int AT_ONCE = 3;

    private static final int LOOK_MILLIS = 1_000;
    private static final int CALM_MILLIS = 10_000;

    /** Contacts and peers of the last life come first, if there are any. */
    private static final int FIRST_MILLIS = 2_000;

    /** Between two dials of one door, whether it opened or not: doubling until there are other links, spread by up to a half. */
    private static final long WAIT_MILLIS_FIRST = 2_000;

    private static final long WAIT_MILLIS_MAX = 60_000;

    private final List<Knocked> doors = new ArrayList<>();
    private final TreeSet<PeerId> openedHere = new TreeSet<>();
    private final Env env;
    private final Links links;
    private final Bootstrap bootstrap;
    private final Chance chance;
    private @Nullable Timer timer;

    Doors(List<Door> doors, PeerId self, Env env, Links links, Bootstrap bootstrap) {
        for (Door door : doors) if (!door.peer().equals(self)) this.doors.add(new Knocked(door));
        this.env = env;
        this.links = links;
        this.bootstrap = bootstrap;
        this.chance = env.chance("doors");
    }

    /** A door and when it may be tried next. */
    private static final class Knocked {
        private final Door door;
        private long waitMillis = WAIT_MILLIS_FIRST;
        private long nextMillis;
        private boolean isDialling;

        Knocked(Door door) {
            this.door = door;
        }
    }

    void start(boolean hasOthers) {
        if (!doors.isEmpty()) plan(hasOthers ? FIRST_MILLIS : 0);
    }

    void stop() {
        if (timer != null) timer.cancel();
    }

    /** Returns the door of this peer, or null if it is none. */
    @Nullable
    Door of(PeerId peer) {
        for (Knocked one : doors) if (one.door.peer().equals(peer)) return one.door;
        return null;
    }

    void onUp(PeerId peer) {
        for (Knocked one : doors) {
            if (!one.door.peer().equals(peer)) continue;
            one.isDialling = false;
            // It may close at once: a door that is full must not be knocked at each second by all who are alone.
            rest(one);
        }
    }

    private void rest(Knocked one) {
        one.nextMillis = env.nowMillis() + one.waitMillis - chance.below((int) (one.waitMillis / 2));
        one.waitMillis = Math.min(WAIT_MILLIS_MAX, 2 * one.waitMillis);
    }

    private void look() {
        switch (bootstrap.state()) {
            case ALONE, RECOVERING -> {
                knock();
                plan(LOOK_MILLIS);
            }
            case JOINED -> plan(LOOK_MILLIS);
            case MESHED -> {
                leave();
                plan(CALM_MILLIS);
            }
        }
    }

    private void knock() {
        int dialling = 0;
        for (Knocked one : doors) if (one.isDialling) dialling++;
        int first = chance.below(doors.size());
        for (int i = 0; i < doors.size() && dialling < AT_ONCE; i++) {
            Knocked one = doors.get((first + i) % doors.size());
            if (one.isDialling || links.isUp(one.door.peer()) || env.nowMillis() < one.nextMillis) continue;
            dial(one);
            dialling++;
        }
    }

    private void dial(Knocked one) {
        one.isDialling = true;
        openedHere.add(one.door.peer());
        links.open(one.door.peer(), List.of(one.door.at()), why -> {
            one.isDialling = false;
            rest(one);
        });
    }

    /** Asked and done: a bootstrap node keeps no link to those whom it helped in. What is still being dialled is left the next time. */
    private void leave() {
        for (PeerId peer : openedHere)
            if (links.isUp(peer)) links.close(peer, new Failure(Code.STOPPING, "joined, thank you"));
        openedHere.clear();
        for (Knocked one : doors) {
            one.waitMillis = WAIT_MILLIS_FIRST;
            if (one.isDialling) openedHere.add(one.door.peer());
        }
    }

    private void plan(int millis) {
        timer = env.after(Duration.ofMillis(millis), this::look);
    }
}
