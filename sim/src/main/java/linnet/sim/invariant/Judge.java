package linnet.sim.invariant;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.MessageFrame;
import linnet.core.wire.PayloadCodec;
import linnet.sim.host.Happening;
import linnet.sim.host.Network;
import linnet.sim.host.SimHost;
import linnet.sim.host.Trace;
import linnet.sim.host.Watch;
import linnet.sim.host.World;
import org.jspecify.annotations.Nullable;

/** Watches every host, keeps the ledger, notes the named states, and stops the run when a promise is broken. */
public final class Judge implements Watch {
    /** The table of messages that came before their turn. */
    private static final String HELD = "held";

    /** Messages that a node keeps before their turn; beyond it, it passes gaps early. */
    private static final int HELD_MAX = 2_000;

    /** From the input that passes a gap to the event that tells it: what a slow disk takes. */
    private static final int TELLING_MILLIS = 5_000;

    private final World world;
    private final Trace trace;
    private final Ledger ledger = new Ledger();
    private final List<Violation> violations = new ArrayList<>();
    private final Set<Sometimes> reached = EnumSet.noneOf(Sometimes.class);
    private final Map<UserId, SimHost> hostByUser = new LinkedHashMap<>();
    private final Map<PeerId, SimHost> hostByPeer = new LinkedHashMap<>();
    private Listener listener = (host, event) -> {};
    private final Map<String, Event.ContactState> stateByPair = new LinkedHashMap<>();
    private final Invitations invitations = new Invitations();
    private final Map<Integer, Long> crowdedMillisByHost = new LinkedHashMap<>();
    private @Nullable SimHost stranger;
    private @Nullable UserId strangerUser;
    private int restarts;

    /** Creates a judge who has seen nothing. */
    public Judge(World world, Trace trace) {
        this.world = world;
        this.trace = trace;
    }

    /** Says who is who. */
    public void know(SimHost host, UserId user, PeerId peer) {
        hostByUser.put(user, host);
        hostByPeer.put(peer, host);
    }

    /** Says who belongs to nobody's friends and lies. */
    public void knowStranger(SimHost host, UserId user) {
        stranger = host;
        strangerUser = user;
    }

    /** Says who plays the application and hears what was found right. */
    public void setListener(Listener listener) {
        this.listener = listener;
    }

    /** Returns who made and took which invite; whoever plays these people writes it. */
    public Invitations invitations() {
        return invitations;
    }

    /** Returns the ledger. */
    public Ledger ledger() {
        return ledger;
    }

    /** Returns the broken promises. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns the named states that were met. */
    public Set<Sometimes> reached() {
        return reached;
    }

    /** Returns how often a host started again. */
    public int restarts() {
        return restarts;
    }

    /** Notes a named state. */
    public void reach(Sometimes state) {
        reached.add(state);
    }

    /** Returns the host of a person, or null for a stranger to this run. */
    public @Nullable SimHost hostOf(UserId user) {
        return hostByUser.get(user);
    }

    /** The application sent words. */
    public void onSendCalled(SimHost from, SimHost to, MessageId id, String text) {
        judge(from, ledger.onSend(from.index(), from.life(), to.index(), id, text, from.livedMillis()));
    }

    @Override
    public void onEvent(SimHost host, Event event) {
        if (trace.isRead()) trace.line(host.name(), " app: " + words(event));
        if (event instanceof Event.Accepted accepted) onAccepted(host, accepted);
        else if (event instanceof Event.Received received) onReceived(host, received);
        else if (event instanceof Event.Progress progress) onProgress(host, progress);
        else if (event instanceof Event.ContactChanged changed) onContact(host, changed);
        else if (event instanceof Event.Reached r && r.reach() == Event.Reach.OFFLINE && r.user() != null)
            reach(Sometimes.CONTACT_OFFLINE);
        listener.onEvent(host, event);
    }

    @Override
    public void onLog(SimHost host, String name, Object[] keysAndValues) {
        if (trace.isRead()) trace.line(host.name(), " log: " + name + words(keysAndValues));
        if (name.equals("link.proved")) checkPeer(host, keysAndValues);
        Sometimes state = Sometimes.of(name, valueOf("code", keysAndValues));
        if (state != null) reach(state);
    }

    @Override
    public void onSend(SimHost host, PeerId to, Frame frame) {
        if (trace.isRead()) trace.line(host.name(), " -> " + nameOf(to) + ": " + words(frame));
    }

    @Override
    public void onReceive(SimHost host, PeerId from, Frame frame) {
        listener.onFrame(host, from, frame);
    }

    @Override
    public void onBroken(SimHost host, String rule, String what) {
        violations.add(new Violation(world.nowMillis(), host.name(), rule, what));
        trace.line(host.name(), " BROKEN " + rule + ": " + what);
    }

    @Override
    public void onPut(SimHost host, String table, @Nullable Bytes value) {
        if (value == null || !table.equals(HELD)) return;
        ledger.onHeld(host.index(), PayloadCodec.decode(value).id(), world.nowMillis());
        if (host.rows(HELD) > HELD_MAX) crowdedMillisByHost.put(host.index(), world.nowMillis());
    }

    @Override
    public void onHappening(SimHost host, Happening what) {
        if (what == Happening.RESTARTED) {
            restarts++;
            List<MessageId> held = new ArrayList<>();
            host.store()
                    .forEach(
                            HELD,
                            (key, row) -> held.add(PayloadCodec.decode(row).id()));
            ledger.onHeldAgain(host.index(), held, world.nowMillis());
        }
        Sometimes state = Sometimes.of(what);
        if (state != null) reach(state);
    }

    @Override
    public void onInputDone(SimHost host) {
        listener.onInputDone(host);
    }

    /** Judges what must be true when everything has had its time. */
    public void end() {
        for (String missing : ledger.missing(this::isOld)) judge(null, missing);
        for (Ledger.Entry entry : ledger.unanswered()) {
            reach(Sometimes.SEND_CUT_OFF);
            for (SimHost host : hostByUser.values())
                if (host.index() == entry.from() && host.life() == entry.life())
                    judge(host, "accepted: " + entry + " was never answered");
        }
    }

    /** Notes a broken promise, {@code rule: sentence}; null is none. */
    public void judge(@Nullable SimHost host, @Nullable String broken) {
        if (broken == null) return;
        int colon = broken.indexOf(':');
        String name = host == null ? "ledger" : host.name();
        violations.add(new Violation(world.nowMillis(), name, broken.substring(0, colon), broken.substring(colon + 2)));
        trace.line(name, " BROKEN " + broken);
    }

    private void onAccepted(SimHost host, Event.Accepted accepted) {
        judge(host, ledger.onAccepted(host.index(), accepted));
        if (!host.isUp()) reach(Sometimes.SEND_KEPT_UNANSWERED);
    }

    private void onReceived(SimHost host, Event.Received received) {
        SimHost from = hostByUser.get(received.from());
        // A stranger who took an invite is a contact and may say what it likes, in its own name.
        SimHost liar = stranger;
        boolean isStranger = received.from().equals(strangerUser) && hostByPeer.get(received.device()) == null;
        if (isStranger && liar != null && invitations.hasTaken(liar.index(), host.index())) {
            reach(Sometimes.FALSE_FRIEND_HEARD);
            return;
        }
        if (from == null || hostByPeer.get(received.device()) != from) {
            judge(host, "invented: a message in a wrong name");
            return;
        }
        long crowdedMillis = crowdedMillisByHost.getOrDefault(host.index(), -(long) TELLING_MILLIS);
        boolean isCrowded = world.nowMillis() - crowdedMillis < TELLING_MILLIS;
        judge(host, ledger.onReceived(host.index(), from.index(), received, world.nowMillis(), isCrowded));
        if (received.order() == Event.Order.AFTER_GAP) reach(Sometimes.GAP_PASSED);
        if (received.order() == Event.Order.LATE) reach(Sometimes.LATE_MESSAGE);
        if (received.content() instanceof Content.Text text && text.text().length() == Content.TEXT_BYTES_MAX)
            reach(Sometimes.LONG_MESSAGE);
    }

    private void onProgress(SimHost host, Event.Progress progress) {
        judge(
                host,
                ledger.onProgress(
                        host.index(), progress, host.wallMillis(), hasRefused(host, progress.to()), this::holds));
        Failure cause = progress.cause();
        if (cause != null && cause.code() == Failure.Code.NOT_A_CONTACT) reach(Sometimes.SENT_TO_REQUESTED);
        Ledger.Entry entry = ledger.entry(progress.id());
        if (progress.stage() == Stage.DELIVERED && entry != null && entry.life() != host.life() && host.isUp())
            reach(Sometimes.DELIVERED_AFTER_RESTART);
        if (progress.stage() == Stage.READ) reach(Sometimes.READ_TOLD);
        if (progress.stage() == Stage.FAILED)
            reach(
                    cause != null && hasRefused(host, progress.to())
                            ? Sometimes.MESSAGE_REFUSED
                            : Sometimes.MESSAGE_EXPIRED);
        if (progress.stage() == Stage.QUEUED && cause != null) reach(Sometimes.WAITS_WITH_CAUSE);
    }

    private boolean isOld(int host) {
        for (SimHost known : hostByUser.values())
            if (known.index() == host) return known.livedMillis() >= Ledger.LIFE_MILLIS;
        return false;
    }

    private boolean holds(int host, MessageId id) {
        for (SimHost known : hostByUser.values())
            if (known.index() == host && known.holdsDurably(id.random16())) {
                reach(Sometimes.DELIVERED_BEFORE_SHOWN);
                listener.onHeld(known);
                return true;
            }
        return false;
    }

    private void onContact(SimHost host, Event.ContactChanged changed) {
        SimHost other = changed.user().equals(strangerUser) ? stranger : hostByUser.get(changed.user());
        if (other == null) {
            judge(host, "contacts: somebody who does not exist is a contact");
            return;
        }
        String pair = pair(host, changed.user());
        boolean isChange = changed.state() != stateByPair.put(pair, changed.state());
        Failure why = changed.why();
        if (changed.state() == Event.ContactState.ACCEPTED) {
            reach(Sometimes.REQUEST_ACCEPTED);
            if (isChange) judge(host, invitations.onAccepted(host, other.index()));
            else reach(Sometimes.CONTACT_RENAMED);
        }
        if (why == null) return;
        if (changed.state() == Event.ContactState.REFUSED) judge(host, invitations.onRefused(host, other, why));
        if (why.code() == Failure.Code.EXPIRED) reach(Sometimes.INVITE_EXPIRED);
        if (why.code() == Failure.Code.ALREADY_USED) reach(Sometimes.INVITE_USED_TWICE);
        if (why.code() == Failure.Code.REFUSED) reach(Sometimes.INVITE_UNKNOWN);
    }

    /** Whoever is at the other end lives where it says: hosts and devices are known out here. */
    private void checkPeer(SimHost host, Object[] keysAndValues) {
        String remote = valueOf("remote", keysAndValues);
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            SimHost peer = keysAndValues[i + 1] instanceof PeerId id ? hostByPeer.get(id) : null;
            if (peer == null) continue;
            boolean isThere = remote.equals("host-" + peer.index()) || Network.isOf(remote, peer.index());
            if (!isThere) judge(host, "identity: " + remote + " is taken for " + peer.name());
        }
    }

    /** Returns whether a person refused, for a reason that was judged. */
    private boolean hasRefused(SimHost host, UserId by) {
        return stateByPair.get(pair(host, by)) == Event.ContactState.REFUSED;
    }

    private static String pair(SimHost host, UserId user) {
        return host.index() + " " + user.key().hex();
    }

    private String nameOf(PeerId peer) {
        SimHost host = hostByPeer.get(peer);
        return host == null ? "stranger " + peer.key() : host.name();
    }

    private String nameOf(UserId user) {
        SimHost host = hostByUser.get(user);
        return host == null ? "stranger " + user.key() : host.name();
    }

    private String words(Frame frame) {
        if (frame instanceof Envelope envelope)
            return "Envelope to "
                    + (envelope.to() instanceof PeerId peer
                            ? nameOf(peer)
                            : envelope.to().toString()) + " ("
                    + envelope.sealed().length() + " B)";
        if (frame instanceof MessageFrame.Receipt receipt) return "Receipt " + receipt.what();
        return frame.getClass().getSimpleName();
    }

    private String words(Event event) {
        if (event instanceof Event.Accepted accepted)
            return "says " + words(accepted.content()) + " to " + nameOf(accepted.to());
        if (event instanceof Event.Received received)
            return nameOf(received.from()) + " says " + words(received.content())
                    + (received.order() == Event.Order.IN_ORDER ? "" : " (" + received.order() + ")");
        if (event instanceof Event.Progress progress) {
            Ledger.Entry entry = ledger.entry(progress.id());
            Failure cause = progress.cause();
            return "message" + (entry == null ? "" : " " + entry.words()) + " is " + progress.stage()
                    + (cause == null ? "" : ", " + cause.code());
        }
        if (event instanceof Event.Reached reached) {
            Failure why = reached.why();
            return nameOf(reached.peer()) + " is " + reached.reach() + (why == null ? "" : ", " + why.code());
        }
        if (event instanceof Event.ContactChanged changed) {
            Failure why = changed.why();
            return "contact " + nameOf(changed.user()) + " is " + changed.state()
                    + (why == null ? "" : ", " + why.code());
        }
        throw new AssertionError(event);
    }

    private static String words(Content content) {
        return content instanceof Content.Text text
                ? Ledger.shortened(text.text())
                : content.getClass().getSimpleName();
    }

    private static String valueOf(String key, Object[] keysAndValues) {
        for (int i = 0; i + 1 < keysAndValues.length; i += 2)
            if (key.equals(keysAndValues[i])) return String.valueOf(keysAndValues[i + 1]);
        return "";
    }

    private String words(Object[] keysAndValues) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            // Advice is for people, and follows from the code.
            if (keysAndValues[i].equals("hint")) continue;
            Object value = keysAndValues[i + 1];
            text.append(' ').append(keysAndValues[i]).append('=');
            if (value instanceof PeerId peer) text.append(nameOf(peer));
            else if (value instanceof UserId user) text.append(nameOf(user));
            else text.append(value);
        }
        return text.toString();
    }

    /** Plays the application. */
    public interface Listener {
        /** An event came and was judged. */
        void onEvent(SimHost host, Event event);

        /** A frame came to a host, over a link of this peer. */
        default void onFrame(SimHost host, PeerId from, Frame frame) {}

        /** A host has acknowledged a message that it holds and has not shown. */
        default void onHeld(SimHost host) {}

        /** An input of a host is finished. */
        default void onInputDone(SimHost host) {}
    }
}
