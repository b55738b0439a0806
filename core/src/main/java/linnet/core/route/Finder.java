package linnet.core.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import linnet.core.contact.Contacts;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.link.TokenBucket;
import linnet.core.wire.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * Finds a way to a peer: an open link, else the addresses on its card, one after the other, else those that it has published. Each asker is told
 * once, never before {@link #find} returns.
 */
public final class Finder {
    /** How long one address may take, with all that a handshake needs, before the next one is tried. */
    private static final Duration ADDRESS_TIME = Duration.ofSeconds(20);

    /**
     * Dials for one person, all devices and addresses together: in a second in the long run, and at once. People with three devices and
     * four addresses each use half of it; and who shows the addresses of others on their card aims no more than this at them.
     */
    private static final int DIALS_PER_SECOND = 1;

    private static final int DIALS_BURST = 128;

    /**
     * Between two lookups for one peer for whom nobody waits, at most: devices say where they are as often. Somebody with fifty contacts that are
     * off would else send megabytes in vain in the first minutes.
     */
    private static final long LOOKUP_PAUSE_MILLIS_MAX = 5L * 60 * 1000;

    /** The first pause, doubled by each lookup until a link is there: who has just moved says so within seconds. */
    private static final long LOOKUP_PAUSE_MILLIS_MIN = 10_000;

    /** A lookup takes seconds, also where some of those asked are silent: who has heard nothing after so long goes on without it. */
    private static final Duration LOOKUP_TIME = Duration.ofSeconds(60);

    /** Which address worked last, by peer. */
    private static final String TABLE = "reach";

    private final Env env;
    private final Contacts contacts;
    private final Links links;
    private final Directory directory;
    private final Map<PeerId, Search> searches = new TreeMap<>();
    private final Map<PeerId, Sighting> sightings = new TreeMap<>();
    private final Map<PeerId, LookedUp> lookups = new TreeMap<>();
    private final Map<UserId, TokenBucket> dialsByUser = new TreeMap<>();

    /**
     * Creates a finder.
     *
     * @param directory asks the network; {@link Directory#NONE} on a host that asks nobody
     */
    public Finder(Env env, Contacts contacts, Links links, Directory directory) {
        this.env = env;
        this.contacts = contacts;
        this.links = links;
        this.directory = directory;
    }

    /**
     * Looks for a peer; whoever asks while a search is under way shares its answer.
     *
     * @param isWaited whether a person waits: then the network is asked at once, and not only when the known addresses have failed
     */
    public void find(PeerId peer, boolean isWaited, Consumer<Found> onFound) {
        Search running = searches.get(peer);
        if (running != null) {
            running.askers.add(onFound);
            if (isWaited) running.hurry();
            return;
        }
        Search search = new Search(peer, onFound);
        searches.put(peer, search);
        search.start(isWaited);
    }

    /** Returns what was seen last of a peer. */
    public Sighting sighting(PeerId peer) {
        LinkView link = links.describe(peer);
        if (link == null) return sightings.getOrDefault(peer, Sighting.NONE);
        long since = env.wallMillis() - (env.nowMillis() - link.sinceMillis());
        return new Sighting(true, since, Sighting.How.LINK, link.remote(), null);
    }

    /** A link came up, by our dialling or theirs. */
    public void onUp(PeerId peer) {
        if (contacts.userOf(peer) != null) sightings.put(peer, sighting(peer));
        Search search = searches.get(peer);
        if (search != null) search.onUp();
    }

    /** A link ended. */
    public void onDown(PeerId peer, Failure why) {
        if (contacts.userOf(peer) == null) return;
        sightings.put(
                peer,
                new Sighting(
                        false,
                        env.wallMillis(),
                        Sighting.How.LINK,
                        sighting(peer).address(),
                        why));
    }

    /** A device is no longer anybody's whom we know: it is not looked for, and whoever asked hears nothing. */
    public void onDeviceGone(PeerId peer) {
        Search search = searches.remove(peer);
        if (search != null) search.halt();
        sightings.remove(peer);
        lookups.remove(peer);
        env.store().put(TABLE, peer.key().hex(), null);
    }

    /** Stops all searches; nobody is told. */
    public void stop() {
        for (Search search : searches.values()) search.halt();
        searches.clear();
    }

    private List<Endpoint> addressesOf(PeerId peer) {
        Bundle bundle = contacts.bundleOf(peer);
        if (bundle == null) return List.of();
        List<Endpoint> addresses = new ArrayList<>();
        for (Endpoint endpoint : bundle.endpoints()) if (!endpoint.isForPackets()) addresses.add(endpoint);
        Bytes last = env.store().get(TABLE, peer.key().hex());
        for (int i = 1; last != null && i < addresses.size(); i++)
            if (Bytes.utf8(addresses.get(i).uri()).equals(last)) addresses.add(0, addresses.remove(i));
        return addresses;
    }

    /** Notes that dials failed: since then, or since a link that ended before. */
    private void miss(PeerId peer, Found.Miss miss) {
        Sighting last = sighting(peer);
        if (last.isUp()) return;
        long since = last.sinceWallMillis() > 0 ? last.sinceWallMillis() : env.wallMillis();
        sightings.put(peer, new Sighting(false, since, Sighting.How.DIAL, miss.where(), miss.why()));
    }

    private boolean mayDial(PeerId peer) {
        UserId user = contacts.userOf(peer);
        if (user == null) return false;
        TokenBucket dials = dialsByUser.get(user);
        if (dials == null) {
            dials = new TokenBucket(DIALS_PER_SECOND, DIALS_BURST, env.nowMillis());
            dialsByUser.put(user, dials);
        }
        return dials.take(1, env.nowMillis());
    }

    /**
     * One climb up the ladder: the addresses of the card one after the other, then what a lookup found not long ago, and a lookup after them; beside
     * them where a person waits. What it finds is tried last.
     */
    private final class Search {
        private final PeerId peer;
        private final List<Address> addresses = new ArrayList<>();
        private final List<Consumer<Found>> askers = new ArrayList<>();
        private final List<Found.Miss> misses = new ArrayList<>();
        private final long startMillis = env.nowMillis();
        private Lookup lookup = directory == Directory.NONE ? Lookup.OVER : Lookup.NOT_BEGUN;
        private boolean isDialling;
        private int next;
        private @Nullable Timer timer;
        private @Nullable Timer belt;

        Search(PeerId peer, Consumer<Found> asker) {
            this.peer = peer;
            this.askers.add(asker);
        }

        void start(boolean isWaited) {
            if (links.isUp(peer)) {
                setTimer(env.after(Duration.ZERO, () -> end(new Result.Ok<>(new Route.Direct(peer)))));
                return;
            }
            misses.add(new Found.Miss(Rung.OPEN_LINK, "", new Failure(Code.NO_CONNECTION)));
            for (Endpoint endpoint : addressesOf(peer)) addresses.add(new Address(Rung.ADDRESSES, endpoint));
            if (addresses.isEmpty()) {
                Failure why = new Failure(Code.NO_CONNECTION, "no address of this peer is known");
                misses.add(new Found.Miss(Rung.ADDRESSES, "", why));
            }
            LookedUp last = lookups.get(peer);
            if (last != null && last.isFresh(env.nowMillis())) for (Endpoint endpoint : last.found) add(endpoint);
            if (isWaited) hurry();
            boolean isOver = lookup == Lookup.OVER || (lookup == Lookup.NOT_BEGUN && wasLookedUpLately());
            if (addresses.isEmpty() && isOver) setTimer(env.after(Duration.ZERO, this::goOn));
            else goOn();
        }

        /** A person waits: the network is asked at once. */
        void hurry() {
            if (lookup == Lookup.NOT_BEGUN && !links.isUp(peer)) lookUp(true);
        }

        void onUp() {
            LinkView link = links.describe(peer);
            if (link != null && link.dialledHere()) {
                Bytes worked = Bytes.utf8(link.remote());
                String key = peer.key().hex();
                Bytes last = env.store().get(TABLE, key);
                if (last == null || !last.equals(worked)) env.store().put(TABLE, key, worked);
                for (Address address : addresses)
                    if (address.rung == Rung.DHT && address.endpoint.uri().equals(link.remote()))
                        env.log().event("route.found-in-dht", "peer", peer, "remote", link.remote());
            }
            LookedUp last = lookups.get(peer);
            if (last != null)
                lookups.put(peer, new LookedUp(last.millis, LOOKUP_PAUSE_MILLIS_MIN, last.found, last.why));
            end(new Result.Ok<>(new Route.Direct(peer)));
        }

        private void goOn() {
            if (isDialling) return;
            if (next < addresses.size()) dial();
            else if (lookup == Lookup.NOT_BEGUN && !wasLookedUpLately()) lookUp(false);
            else if (lookup != Lookup.UNDER_WAY) fail();
        }

        private boolean wasLookedUpLately() {
            LookedUp last = lookups.get(peer);
            if (last == null || !last.isFresh(env.nowMillis())) return false;
            // Who asked nobody, or was not answered, knows no more than before.
            Failure why = last.why;
            return why == null || why.code() == Code.NOT_FOUND;
        }

        private void dial() {
            int trying = next++;
            isDialling = true;
            if (!mayDial(peer)) {
                Failure why = new Failure(Code.RATE_LIMITED, "this person's addresses were dialled too often");
                setTimer(env.after(Duration.ZERO, () -> missed(trying, why)));
                return;
            }
            setTimer(env.after(ADDRESS_TIME, () -> missed(trying, new Failure(Code.TIMEOUT))));
            links.open(peer, List.of(addresses.get(trying).endpoint), why -> missed(trying, why));
        }

        private void missed(int trying, Failure why) {
            if (searches.get(peer) != this || !isDialling || next != trying + 1) return;
            isDialling = false;
            setTimer(null);
            Address address = addresses.get(trying);
            misses.add(new Found.Miss(address.rung, address.endpoint.uri(), why));
            goOn();
        }

        private void lookUp(boolean isWaited) {
            lookup = Lookup.UNDER_WAY;
            LookedUp last = lookups.get(peer);
            long pause =
                    last == null ? LOOKUP_PAUSE_MILLIS_MIN : Math.min(LOOKUP_PAUSE_MILLIS_MAX, 2 * last.pauseMillis);
            lookups.put(peer, new LookedUp(env.nowMillis(), pause, List.of(), null));
            Failure silence = new Failure(Code.TIMEOUT, "the network did not answer in time");
            belt = env.after(LOOKUP_TIME, () -> onLookedUp(new Result.No<>(silence)));
            directory.find(peer, isWaited, this::onLookedUp);
        }

        /** What is heard after the search is over serves the next one. */
        private void onLookedUp(Result<List<Endpoint>> result) {
            LookedUp asked = lookups.get(peer);
            if (lookup != Lookup.UNDER_WAY || asked == null) return;
            lookup = Lookup.OVER;
            if (belt != null) belt.cancel();
            List<Endpoint> news = new ArrayList<>();
            if (result instanceof Result.Ok<List<Endpoint>> found)
                for (Endpoint endpoint : found.value()) if (isNews(endpoint)) news.add(endpoint);
            @Nullable Failure why = news.isEmpty() ? new Failure(Code.NOT_FOUND, "no other address") : null;
            if (result instanceof Result.No<List<Endpoint>> no) why = no.why();
            lookups.put(peer, new LookedUp(env.nowMillis(), asked.pauseMillis, news, why));
            if (searches.get(peer) != this) return;
            for (Endpoint endpoint : news) add(endpoint);
            if (why != null) misses.add(new Found.Miss(Rung.DHT, "", why));
            goOn();
        }

        /** Returns whether the network alone tells of an address: not if it is on the card too, or nobody dials there. */
        private boolean isNews(Endpoint endpoint) {
            if (endpoint.isForPackets()) return false;
            for (Address known : addresses)
                if (known.rung == Rung.ADDRESSES && known.endpoint.equals(endpoint)) return false;
            return true;
        }

        /** Adds an address that the network told of, once. */
        private void add(Endpoint endpoint) {
            for (Address known : addresses) if (known.endpoint.equals(endpoint)) return;
            addresses.add(new Address(Rung.DHT, endpoint));
        }

        private void fail() {
            LookedUp last = lookups.get(peer);
            @Nullable Failure before = lookup == Lookup.NOT_BEGUN && last != null ? last.why : null;
            if (before != null) misses.add(new Found.Miss(Rung.DHT, "", before));
            Found.Miss most = mostTelling();
            miss(peer, most);
            end(new Result.No<>(Missing.words(most.why(), misses)));
        }

        /** Silence of one address says less than somebody's answer at another, and that nobody knows a newer one explains neither. */
        private Found.Miss mostTelling() {
            Found.Miss last = misses.get(0);
            for (Found.Miss miss : misses) {
                if (miss.rung() == Rung.DHT && miss.where().isEmpty()) continue;
                switch (miss.why().code()) {
                    case NO_CONNECTION, NOT_LISTENING, TIMEOUT, RATE_LIMITED -> last = miss;
                    default -> {
                        return miss;
                    }
                }
            }
            return last;
        }

        private void end(Result<Route> route) {
            halt();
            if (searches.get(peer) != this) return;
            searches.remove(peer);
            Found found = new Found(route, misses, env.nowMillis() - startMillis);
            for (Consumer<Found> asker : askers) asker.accept(found);
        }

        void halt() {
            setTimer(null);
            if (belt != null) belt.cancel();
        }

        private void setTimer(@Nullable Timer now) {
            if (timer != null) timer.cancel();
            timer = now;
        }
    }

    /** Where to dial, and who knew of it. */
    private record Address(Rung rung, Endpoint endpoint) {}

    /** The last lookup for a peer: when, what it found that is not on the card, and why it was in vain; null if it was not, or is not over. */
    private record LookedUp(
            long millis,
            long pauseMillis,
            List<Endpoint> found,
            @Nullable Failure why) {
        boolean isFresh(long nowMillis) {
            return nowMillis - millis < pauseMillis;
        }
    }

    /** How far the lookup of one search is. */
    private enum Lookup {
        NOT_BEGUN,
        UNDER_WAY,
        OVER
    }
}
