package linnet.core.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import linnet.core.contact.Contacts;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/** Moves what waits from stage to stage, only ever forward, and tells the person. */
final class Stages {
    /** A message is given up this much after its life: the recipient takes it for as long, in case the clocks differ. */
    private static final Duration LIFE_GRACE = Duration.ofDays(2);

    private final MessageConfig config;
    private final Env env;
    private final Contacts contacts;
    private final WaitingRows rows;
    private final Unread unread;
    private final Map<PeerId, Lane> lanes;
    private final Consumer<Event> app;

    Stages(
            MessageConfig config,
            Env env,
            Contacts contacts,
            WaitingRows rows,
            Unread unread,
            Map<PeerId, Lane> lanes,
            Consumer<Event> app) {
        this.config = config;
        this.env = env;
        this.contacts = contacts;
        this.rows = rows;
        this.unread = unread;
        this.lanes = lanes;
        this.app = app;
    }

    /** A link took it. */
    void onSent(Waiting one) {
        boolean news = one.stage == Stage.QUEUED || (one.hasToldCause && !one.tooOld);
        one.hasToldCause = false;
        rows.setStage(one, Stage.SENT);
        if (news && one.isMessage()) app.accept(new Event.Progress(one.to, one.id, one.stage, null, null, 0));
    }

    /** It waits for this reason. */
    void tellCause(Waiting one, Failure why, long nextTryWallMillis) {
        one.hasToldCause = true;
        app.accept(new Event.Progress(one.to, one.id, one.stage, null, why, nextTryWallMillis));
    }

    /** The recipient does not take it, because by its clock it is too old: the person can mend that, and is told once. */
    void onTooOld(Waiting one) {
        if (one.tooOld) return;
        one.tooOld = true;
        Failure why = new Failure(Code.EXPIRED, "the clocks of the two devices differ by weeks");
        env.log().event("message.clocks-differ", "peer", one.device);
        if (one.isMessage()) tellCause(one, why, 0);
    }

    /** Returns how long ago it was accepted. */
    long ageMillis(Waiting one) {
        return contacts.livedMillis() - one.acceptedMillis;
    }

    /** A peer to which it was sent keeps it. */
    void onKept(Waiting one, PeerId at) {
        if (Stage.STORED.compareTo(one.stage) <= 0) return;
        rows.setStage(one, Stage.STORED);
        if (one.isMessage()) app.accept(new Event.Progress(one.to, one.id, Stage.STORED, at, null, 0));
    }

    /** Its device has it, and has said so under seal. */
    void onDelivered(Waiting one) {
        remove(one);
        if (!one.isMessage()) return;
        app.accept(new Event.Progress(one.to, one.id, Stage.DELIVERED, one.device, null, 0));
        unread.add(one.id, one.to);
        for (Waiting other : rows.of(one.id)) rows.makeCopy(other);
    }

    /** The person has seen it, and has said so under seal. */
    void onRead(MessageId id, UserId by, PeerId device) {
        if (unread.see(id, by)) app.accept(new Event.Progress(by, id, Stage.READ, device, null, 0));
    }

    /** Gives up what is too old. */
    void failExpired(List<Waiting> all) {
        for (Waiting one : all) failIfExpired(one);
    }

    /** Gives it up if it is too old. Returns whether it is gone. */
    boolean failIfExpired(Waiting one) {
        if (!rows.has(one)) return true;
        if (ageMillis(one) <= config.life().plus(LIFE_GRACE).toMillis()) return false;
        Failure why = new Failure(
                Code.EXPIRED, "not delivered within " + config.life().toDays() + " days");
        fail(one, why);
        if (one.kind == Waiting.Kind.REQUEST) contacts.onUnanswered(one.to, why);
        return true;
    }

    /** Gives it up. A message has failed when its last copy has. */
    void fail(Waiting one, Failure why) {
        remove(one);
        if (one.isMessage() && rows.of(one.id).isEmpty())
            app.accept(new Event.Progress(one.to, one.id, Stage.FAILED, null, why, 0));
    }

    /** Takes it out without a word. */
    void remove(Waiting one) {
        rows.remove(one);
        Lane lane = lanes.get(one.device);
        if (lane != null) lane.remove(one);
    }
}
