package linnet.core.bootstrap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Timer;
import linnet.core.id.PeerId;
import linnet.core.link.Links;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Joins the network and stays in it. Seeds (from the last life, an invitation, a configuration) are asked a few at a time, never dialled all
 * at once and never kept: links go to peers anywhere, so that the network is a mesh and no hub.
 *
 * <pre>
 *   ALONE ──somebody answers──► JOINED ──links──► MESHED
 *     ▲                                             │
 *     └────────all links lost (RECOVERING)◄─────────┘
 * </pre>
 */
public final class Bootstrap {
    /** Looks this often for links while there are too few, and while there are enough. */
    private static final int BUSY_MILLIS = 250;

    private static final int CALM_MILLIS = 5_000;

    /** After so long in vain it looks as seldom as one that has enough, until the first sign of life after a silence. */
    private static final long BUSY_MILLIS_MAX = 5L * 60 * 1000;

    /** Whoever gave a sign of life within this time is there; if nobody did, it is this node that is cut off. Walks among the dead take as long. */
    private static final int HEARD_MILLIS = 20_000;

    /** Of those so many are dialled first, others at each look, so that nodes which lost their links together do not all dial the same. */
    private static final int HEARD_MAX = 16;

    /** Peers that had a link not long ago: when all links are lost, the next ones to dial. */
    private static final int REMEMBERED_MAX = 16;

    /**
     * Peers to begin with, all together: a round of one a second through them takes nine minutes, and somebody with hundreds of contacts has all of
     * their devices among them. Beyond it whoever was told of first is forgotten; of who is configured there are as many as there are.
     */
    static final int SEEDS_MAX = 512;

    /** Without a link for so long, seeds are asked again too. */
    private static final long SEEDS_AGAIN_MILLIS = 5_000;

    /** From then on one dial of so many goes to a seed. */
    private static final int SEED_ONE_IN = 3;

    /** Dials on their way at once: some hang until they time out, and must not hold up the others. */
    private static final int DIALS_MAX = 24;

    /** Of the candidates for links so many are neighbours, which announces a newcomer to those near it (SPEC R4). */
    private static final int NEIGHBOURS = 2;

    private static final int CANDIDATES = 12;

    private final PeerId self;
    private final BootstrapConfig config;
    private final Env env;
    private final Links links;
    private final Network network;
    private final List<Whereabouts> seeds;
    private final Chance chance;
    private final Attempts attempts;
    private final DialPace pace;
    private final List<Whereabouts> remembered = new ArrayList<>();
    private final TreeSet<PeerId> dialling = new TreeSet<>();
    private final TreeSet<PeerId> seedPeers = new TreeSet<>();
    private final TreeSet<PeerId> configured = new TreeSet<>();
    private final TreeSet<PeerId> openedToAsk = new TreeSet<>();

    /** Some who gave a sign of life lately, while all links are lost. */
    private List<Whereabouts> heard = List.of();

    private State state = State.ALONE;
    private long sinceMillis;
    private long busySinceMillis;
    private long nextSeedMillis;
    private int nextSeed;
    private @Nullable Timer timer;
    private boolean failureLogged;
    private boolean stopped;

    /**
     * Creates a node that has not joined.
     *
     * @param seeds whom to ask first, as configured: they are never forgotten
     */
    public Bootstrap(
            PeerId self, BootstrapConfig config, Env env, Links links, Network network, List<Whereabouts> seeds) {
        this.self = self;
        this.config = config;
        this.env = env;
        this.links = links;
        this.network = network;
        this.seeds = new ArrayList<>(seeds);
        this.chance = env.chance("bootstrap");
        this.attempts = new Attempts(
                config.attempts(), config.first().toMillis(), config.rest().toMillis());
        this.pace = new DialPace(config.dialsPerSecond());
        for (Whereabouts seed : seeds) {
            seedPeers.add(seed.peer());
            configured.add(seed.peer());
        }
    }

    /** How far a node has come. */
    public enum State {
        /** Nobody has answered yet. */
        ALONE,
        /** The table knows peers; links are too few. */
        JOINED,
        /** There are enough links. */
        MESHED,
        /** All links were lost. */
        RECOVERING
    }

    /** Begins to join. */
    public void start() {
        sinceMillis = env.nowMillis();
        shuffle(seeds);
        step();
    }

    /** Ends; links stay as they are. */
    public void stop() {
        stopped = true;
        if (timer != null) timer.cancel();
        timer = null;
    }

    /** Returns how far it has come. */
    public State state() {
        return state;
    }

    /** An invitation or a neighbour told of more peers to begin with, or where they are now. */
    public void addSeeds(List<Whereabouts> more) {
        for (Whereabouts seed : more) {
            seedPeers.add(seed.peer());
            add(seed);
        }
        wake();
    }

    /** A peer that the configuration names was met: it is a seed that is never forgotten. */
    public void addConfigured(Whereabouts seed) {
        configured.add(seed.peer());
        addSeeds(List.of(seed));
    }

    /** Tells of peers of the last life, to begin with. Unlike seeds they are as good as anybody to have links to. */
    public void addKnown(List<Whereabouts> peers) {
        for (Whereabouts peer : peers) add(peer);
        wake();
    }

    private void add(Whereabouts seed) {
        for (int i = 0; i < seeds.size(); i++)
            if (seeds.get(i).peer().equals(seed.peer())) {
                seeds.set(i, seed);
                return;
            }
        seeds.add(seed);
        if (seeds.size() > SEEDS_MAX) forgetOldest();
    }

    private void forgetOldest() {
        int oldest = 0;
        while (oldest < seeds.size() && configured.contains(seeds.get(oldest).peer())) oldest++;
        if (oldest == seeds.size()) return;
        seedPeers.remove(seeds.remove(oldest).peer());
        // The round goes on with whom it would have asked next.
        if (oldest < nextSeed) nextSeed--;
    }

    /** A link came up, by our dialling or theirs. */
    public void onUp(PeerId peer, @Nullable Whereabouts where) {
        attempts.onSuccess(peer);
        dialling.remove(peer);
        if (where != null) remember(where);
        if (state == State.RECOVERING) {
            attempts.clear();
            heard = List.of();
            env.log().event("bootstrap.recovered", "millis", env.nowMillis() - sinceMillis);
            enter(State.JOINED);
            // It may be somebody whom the table has never met, and all whom the table knows may be gone.
            if (where != null) network.seed(List.of(where));
            network.onRecovered();
        }
        wake();
    }

    /** A link ended. */
    public void onDown(PeerId peer, Failure why) {
        if (links.up().isEmpty() && (state == State.MESHED || state == State.JOINED)) {
            env.log().event("bootstrap.lost", "code", why.code());
            enter(State.RECOVERING);
            heard = someHeard();
            // Many lose their links in the same moment; they do not all dial in the next.
            plan(chance.below(BUSY_MILLIS * 2) + 1L);
        } else wake();
    }

    private void step() {
        timer = null;
        long now = env.nowMillis();
        if (state == State.ALONE && network.isJoined()) enter(State.JOINED);
        if (state == State.RECOVERING) listen();
        if (mayAskSeeds(now)) askSeeds(now);
        int up = meshLinks();
        if (state == State.JOINED && up >= config.linksMin()) {
            enter(State.MESHED);
            closeSeeds();
        } else if (state == State.MESHED && up < config.linksMin()) enter(State.JOINED);
        if (up + dialling.size() < config.linksWanted() || state == State.RECOVERING) dialOne(now);
        plan(isBusy(up, now) ? BUSY_MILLIS : CALM_MILLIS - chance.below(CALM_MILLIS / 2));
    }

    /** The first sign of life after a silence: the network is back, and who is heard need not fail as it did while that was gone. */
    private void listen() {
        boolean wasCutOff = heard.isEmpty();
        heard = someHeard();
        if (!wasCutOff || heard.isEmpty()) return;
        busySinceMillis = env.nowMillis();
        for (Whereabouts where : heard) attempts.onSuccess(where.peer());
    }

    private List<Whereabouts> someHeard() {
        List<Whereabouts> all = new ArrayList<>(network.heard(HEARD_MILLIS));
        shuffle(all);
        return all.size() > HEARD_MAX ? all.subList(0, HEARD_MAX) : all;
    }

    /** Somebody who could be reached within seconds is worth four looks a second; a laptop in a tunnel is not. */
    private boolean isBusy(int up, long now) {
        return switch (state) {
            case ALONE -> !seeds.isEmpty() && now - sinceMillis < BUSY_MILLIS_MAX;
            case RECOVERING -> now - busySinceMillis < BUSY_MILLIS_MAX;
            case JOINED, MESHED -> up < config.linksMin() && !dialling.isEmpty();
        };
    }

    private boolean mayAskSeeds(long now) {
        if (seeds.isEmpty() || now < nextSeedMillis) return false;
        return state == State.ALONE || (state == State.RECOVERING && now - sinceMillis >= SEEDS_AGAIN_MILLIS);
    }

    /** Some at once, then one after the other; after all of them in vain a rest, with jitter. */
    private void askSeeds(long now) {
        int count = nextSeed == 0 ? config.seedsAtOnce() : 1;
        List<Whereabouts> chosen = new ArrayList<>(count);
        for (int i = 0; i < count && nextSeed < seeds.size(); i++) chosen.add(seeds.get(nextSeed++));
        for (Whereabouts seed : chosen) openIfLinkOnly(seed, now);
        network.seed(chosen);
        boolean isRoundOver = nextSeed >= seeds.size();
        if (isRoundOver) nextSeed = 0;
        long wait = isRoundOver
                ? config.seedTime().toMillis() / 6
                : config.seedSpread().toMillis();
        nextSeedMillis = now + wait - chance.below((int) (wait / 2));
        if (now - sinceMillis < config.seedTime().toMillis() || failureLogged) return;
        failureLogged = true;
        Code code = Code.NO_BOOTSTRAP;
        env.log().event("bootstrap.failed", "code", code, "hint", code.hint(), "seeds", seeds.size());
    }

    /** A seed without a datagram address is asked over a link, which is closed when enough others are there. */
    private void openIfLinkOnly(Whereabouts seed, long now) {
        boolean hasPackets = false;
        for (int i = 0; i < seed.endpoints().size(); i++)
            if (seed.endpoints().get(i).isForPackets()) hasPackets = true;
        if (hasPackets || links.isUp(seed.peer()) || !attempts.allows(seed.peer(), now) || !pace.take(now)) return;
        openedToAsk.add(seed.peer());
        dial(seed);
    }

    private void dialOne(long now) {
        if (dialling.size() >= DIALS_MAX || pace.waitMillis(now) > 0) return;
        Whereabouts candidate = candidate(now);
        if (candidate != null && pace.take(now)) dial(candidate);
    }

    private void dial(Whereabouts to) {
        dialling.add(to.peer());
        links.open(to.peer(), to.endpoints(), why -> {
            dialling.remove(to.peer());
            attempts.onFailure(to.peer(), env.nowMillis(), chance);
            wake();
        });
    }

    /** Returns whom to dial: neighbours, then anybody; seeds only when there is nobody else. */
    private @Nullable Whereabouts candidate(long now) {
        if (state == State.RECOVERING) return recovering(now);
        Whereabouts near = firstOf(network.near(NEIGHBOURS), now, false);
        if (near != null) return near;
        Whereabouts other = firstOf(network.anybody(CANDIDATES), now, false);
        if (other != null) return other;
        return state != State.ALONE && knowsSeedsOnly() ? firstOf(seeds, now, true) : null;
    }

    /** Returns whom to dial when all links were lost: a seed now and then, those who live, and all others in one line, those with a link before first. */
    private @Nullable Whereabouts recovering(long now) {
        boolean isSeedsTurn = now - sinceMillis >= SEEDS_AGAIN_MILLIS && chance.below(SEED_ONE_IN) == 0;
        Whereabouts first = isSeedsTurn ? firstOf(seeds, now, true) : firstOf(heard, now, false);
        if (first != null) return first;
        List<Whereabouts> line = new ArrayList<>(remembered);
        line.addAll(network.near(NEIGHBOURS));
        line.addAll(network.anybody(CANDIDATES));
        Whereabouts next = firstOf(line, now, false);
        return next != null ? next : firstOf(seeds, now, true);
    }

    /**
     * Returns whose wait ended first; those who never failed come before all others, in the order of the list. So everybody has a turn, also where
     * a calm node looks so seldom that the waits of the first few are over each time.
     */
    private @Nullable Whereabouts firstOf(List<Whereabouts> peers, long now, boolean seedsToo) {
        Whereabouts first = null;
        long firstMillis = now + 1;
        for (Whereabouts where : peers) {
            PeerId peer = where.peer();
            long fromMillis = attempts.nextMillis(peer);
            boolean isWanted = seedsToo || !seedPeers.contains(peer);
            if (fromMillis >= firstMillis
                    || !isWanted
                    || peer.equals(self)
                    || links.isUp(peer)
                    || dialling.contains(peer)) continue;
            first = where;
            firstMillis = fromMillis;
        }
        return first;
    }

    /** Returns how many links lead to peers that are no seeds; where there is nobody else, seeds count. */
    private int meshLinks() {
        int others = 0;
        List<PeerId> up = links.up();
        for (PeerId peer : up) if (!seedPeers.contains(peer)) others++;
        return knowsSeedsOnly() ? up.size() : others;
    }

    private boolean knowsSeedsOnly() {
        return network.anybody(config.linksMin() + seedPeers.size()).size() <= seedPeers.size();
    }

    /** Asked and done: a bootstrap node keeps no link to those whom it helped in. */
    private void closeSeeds() {
        for (PeerId seed : openedToAsk)
            if (links.isUp(seed)) links.close(seed, new Failure(Code.STOPPING, "joined, thank you"));
        openedToAsk.clear();
    }

    private void remember(Whereabouts where) {
        for (int i = 0; i < remembered.size(); i++)
            if (remembered.get(i).peer().equals(where.peer())) remembered.remove(i--);
        remembered.add(0, where);
        if (remembered.size() > REMEMBERED_MAX) remembered.remove(REMEMBERED_MAX);
    }

    private void enter(State next) {
        if (state == next) return;
        state = next;
        sinceMillis = env.nowMillis();
        busySinceMillis = sinceMillis;
        nextSeed = 0;
        failureLogged = false;
        env.log().event("bootstrap.state", "state", next);
    }

    private void wake() {
        if (timer == null || state == State.RECOVERING) return;
        plan(Math.max(1, Math.min(BUSY_MILLIS, pace.waitMillis(env.nowMillis()))));
    }

    private void plan(long millis) {
        if (stopped) return;
        if (timer != null) timer.cancel();
        timer = env.after(Duration.ofMillis(millis), this::step);
    }

    private void shuffle(List<Whereabouts> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = chance.below(i + 1);
            Whereabouts swap = list.get(i);
            list.set(i, list.get(j));
            list.set(j, swap);
        }
    }
}
