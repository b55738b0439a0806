package linnet.core.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import linnet.core.contact.Contact;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.env.Chance;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.env.Timer;
import linnet.core.event.Event.ContactState;
import linnet.core.id.EnvelopeId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.Links;
import linnet.core.route.Finder;
import linnet.core.route.Found;
import linnet.core.wire.Bundle;
import linnet.core.wire.Envelope;
import linnet.core.wire.Limits;
import linnet.core.wire.Suite1;
import org.jspecify.annotations.Nullable;

/**
 * All that waits for one device, oldest first, and the attempts to reach it.
 *
 * <pre>
 *   no link ──search──► searching ──found──► linked: send, and send again what is not acknowledged
 *      ▲  ◄──wait── not found ┘                 │
 *      └──────────────── link lost ◄────────────┘
 * </pre>
 */
final class Lane {
    /** Contents sent and not acknowledged. Half a second of a fast link, and no more than a recipient holds. */
    static final int WINDOW = 64;

    /** Links that are kept up though nothing waits, so that contacts see each other come and go. */
    private static final int IDLE_LINKS_MAX = 64;

    /** Between two looks at what is not acknowledged, so that a link that takes nothing is not asked without end. */
    private static final long RESEND_MILLIS_MIN = 1_000;

    /**
     * A request whose answer was lost is repeated soon; one that nobody wants to answer, or a message that a wrong clock keeps out, costs the
     * other side a frame an hour.
     */
    private static final long SLOW_RESEND_MILLIS_MAX = 3_600_000;

    private final UserId user;
    private final PeerId device;
    private final MessageConfig config;
    private final Env env;
    private final Crypto crypto;
    private final Links links;
    private final Contacts contacts;
    private final Finder finder;
    private final WaitingRows rows;
    private final Stages stages;
    private final Chance chance;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private int inFlight;
    private int attempts;
    private boolean open;
    private boolean searching;
    private boolean urged;
    private boolean stopped = true;
    private long lastTryMillis;
    private long nextTryMillis;
    private long nextTryWallMillis;
    private @Nullable Failure cause;
    private @Nullable Timer timer;

    /** What lanes of one outbox share. */
    record Yard(
            MessageConfig config,
            Env env,
            Crypto crypto,
            Links links,
            Contacts contacts,
            Finder finder,
            WaitingRows rows,
            Stages stages) {}

    Lane(UserId user, PeerId device, Yard yard) {
        this.user = user;
        this.device = device;
        this.config = yard.config;
        this.env = yard.env;
        this.crypto = yard.crypto;
        this.links = yard.links;
        this.contacts = yard.contacts;
        this.finder = yard.finder;
        this.rows = yard.rows;
        this.stages = yard.stages;
        this.chance = env.chance("message.retry");
    }

    PeerId device() {
        return device;
    }

    UserId user() {
        return user;
    }

    /** Returns what waits, oldest first. */
    List<Waiting> waiting() {
        return new ArrayList<>(waiting.values());
    }

    /** Returns why nothing leaves, or null. */
    @Nullable
    Failure cause() {
        return links.isUp(device) ? null : cause;
    }

    /** Returns when the device is tried again; 0 when nothing is planned. */
    long nextTryWallMillis() {
        return links.isUp(device) ? 0 : nextTryWallMillis;
    }

    /** Takes in one more; it leaves once it is durable and {@link #work} is called. */
    void add(Waiting more) {
        waiting.put(more.number, more);
    }

    /** Takes out what is acknowledged or given up. */
    void remove(Waiting done) {
        if (waiting.remove(done.number) != null && done.inFlight) inFlight--;
        done.forgetFlight();
    }

    /** Begins to work. */
    void begin() {
        stopped = false;
        work();
    }

    /** Does whatever can be done now. */
    void work() {
        if (stopped) return;
        if (links.isUp(device)) {
            sendWhatFits();
            if (inFlight > 0 && timer == null) planResend();
        } else if (!searching && timer == null) search();
    }

    void onUp() {
        cancelTimer();
        attempts = 0;
        cause = null;
        forgetFlight();
        work();
    }

    void onDown(Failure why) {
        if (stopped) return;
        cancelTimer();
        forgetFlight();
        missed(why);
    }

    /** The person's wish: try now, and count from the beginning. */
    void refresh() {
        attempts = 0;
        if (!stopped && !links.isUp(device) && !searching) {
            cancelTimer();
            work();
        }
    }

    /**
     * Something new waits, or there are new addresses: nobody wants to wait for hours because the peer was away for days. Not
     * sooner than 30 s after the last try, so that nobody can aim dials at others by showing card after card.
     */
    void urge() {
        urged = true;
        if (stopped || timer == null || links.isUp(device)) return;
        long soonest =
                Math.max(env.nowMillis(), lastTryMillis + config.presentMax().toMillis());
        if (nextTryMillis > soonest) plan(soonest - env.nowMillis());
    }

    /** While the conversation is open no wait is long. */
    void setOpen(boolean now) {
        open = now;
        if (open) urge();
    }

    void stop() {
        stopped = true;
        cancelTimer();
    }

    /** Returns what left in this sealed copy, or null. */
    @Nullable
    Waiting inFlight(EnvelopeId copy) {
        for (Waiting one : inFlight()) if (copy.equals(one.copy)) return one;
        return null;
    }

    /**
     * The recipient could not open this copy; with the prekey that its card shows by now it can. To somebody who asks to be a
     * contact it shows no card: then the key on the invite is gone for good, and only another invite helps.
     */
    void onUnreadable(Waiting one) {
        one.unreadable = true;
        onCard();
        if (!one.unreadable || one.kind != Waiting.Kind.REQUEST || one.sends < 2) return;
        Failure why = new Failure(Failure.Code.EXPIRED, "the keys on the invite are gone");
        stages.fail(one, why);
        contacts.onUnanswered(one.to, why);
    }

    /** The device shows a new card. */
    void onCard() {
        Bundle bundle = contacts.bundleOf(device);
        if (bundle == null || !links.isUp(device)) return;
        for (Waiting one : inFlight()) if (one.unreadable && one.prekeyId != bundle.prekeyId()) send(one, bundle);
    }

    private void onTimer() {
        timer = null;
        stages.failExpired(waiting());
        if (!links.isUp(device)) {
            work();
            return;
        }
        Bundle bundle = contacts.bundleOf(device);
        for (Waiting one : inFlight()) {
            boolean isDue = env.nowMillis() - one.sentMillis >= resendMillis(one);
            if (isDue && (bundle == null || !send(one, bundle))) break;
        }
        work();
    }

    private void planResend() {
        long first = Long.MAX_VALUE;
        for (Waiting one : inFlight()) first = Math.min(first, one.sentMillis + resendMillis(one));
        timer = env.after(Duration.ofMillis(Math.max(RESEND_MILLIS_MIN, first - env.nowMillis())), this::onTimer);
    }

    private void sendWhatFits() {
        Bundle bundle = contacts.bundleOf(device);
        if (bundle == null || inFlight >= WINDOW) return;
        List<Waiting> leaving = new ArrayList<>();
        for (Waiting one : waiting.values()) {
            if (inFlight + leaving.size() >= WINDOW || !one.durable) break;
            if (!one.inFlight && mayLeave(one)) leaving.add(one);
        }
        for (Waiting one : leaving) {
            if (stages.failIfExpired(one)) continue;
            if (!send(one, bundle)) return;
        }
        if (inFlight >= WINDOW) env.log().event("message.window-full", "peer", device);
    }

    /** Returns whether a link took it; if not, {@link Links.Handler#onRoom} follows. */
    private boolean send(Waiting one, Bundle bundle) {
        long expires = Math.max(1, env.wallMillis() + config.life().toMillis() - stages.ageMillis(one));
        Envelope envelope =
                Suite1.seal(crypto, rows.payload(one), bundle, Envelope.HOPS_MAX, Math.min(expires, Limits.MILLIS_MAX));
        if (!links.send(device, envelope)) return false;
        if (one.sends > 0) env.log().event(one.unreadable ? "message.resealed" : "message.resent", "peer", device);
        if (!one.inFlight) inFlight++;
        one.inFlight = true;
        one.unreadable = false;
        one.copy = envelope.id();
        one.prekeyId = bundle.prekeyId();
        one.sentMillis = env.nowMillis();
        one.sends++;
        stages.onSent(one);
        return true;
    }

    private boolean mayLeave(Waiting one) {
        if (one.kind == Waiting.Kind.REQUEST) return true;
        Contact contact = contacts.get(one.to);
        return contact != null && contact.state() == ContactState.ACCEPTED;
    }

    private long resendMillis(Waiting one) {
        long most = one.kind == Waiting.Kind.REQUEST || one.tooOld
                ? SLOW_RESEND_MILLIS_MAX
                : config.presentMax().toMillis();
        long wait = config.resend().toMillis();
        for (int i = 1; i < one.sends && wait < most; i++) wait *= 2;
        return Math.min(wait, most);
    }

    private void search() {
        if (waiting.isEmpty() && links.up().size() >= IDLE_LINKS_MAX) {
            plan(config.retry().longMax().toMillis());
            return;
        }
        searching = true;
        lastTryMillis = env.nowMillis();
        // Somebody waits who looks at the conversation, or has just written.
        boolean isWaited = open || urged || (attempts == 0 && !waiting.isEmpty());
        urged = false;
        finder.find(device, isWaited, this::onFound);
    }

    private void onFound(Found found) {
        searching = false;
        if (stopped) return;
        if (found.route() instanceof Result.No<?> no) missed(no.why());
        else work();
    }

    private void missed(Failure why) {
        if (stopped || searching) return;
        long wait = config.retry().waitMillis(attempts, chance);
        attempts++;
        if (open) wait = Math.min(wait, config.presentMax().toMillis());
        boolean other = cause == null || cause.code() != why.code();
        cause = why;
        plan(wait);
        tellCause(why, other);
    }

    /** All that could leave next hear of another cause; of another time for the next try only the first. */
    private void tellCause(Failure why, boolean other) {
        int told = 0;
        for (Waiting one : waiting()) {
            if (!one.isMessage()) continue;
            Failure its = mayLeave(one) ? why : Outbox.waitsForAnswer();
            stages.tellCause(one, its, nextTryWallMillis);
            if (!other || ++told == WINDOW) return;
        }
    }

    private void plan(long waitMillis) {
        cancelTimer();
        nextTryMillis = env.nowMillis() + waitMillis;
        nextTryWallMillis = env.wallMillis() + waitMillis;
        timer = env.after(Duration.ofMillis(waitMillis), this::onTimer);
    }

    private void forgetFlight() {
        for (Waiting one : inFlight()) one.forgetFlight();
        inFlight = 0;
    }

    /** Returns what left and is not acknowledged: it is among the oldest, so the search is short. */
    private List<Waiting> inFlight() {
        List<Waiting> found = new ArrayList<>(inFlight);
        for (Waiting one : waiting.values()) {
            if (found.size() == inFlight) break;
            if (one.inFlight) found.add(one);
        }
        return found;
    }

    private void cancelTimer() {
        if (timer != null) timer.cancel();
        timer = null;
    }
}
