package linnet.core.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Env;
import linnet.core.env.Timer;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.Links;
import linnet.core.wire.Bundle;
import linnet.core.wire.Content;
import linnet.core.wire.Envelope;
import linnet.core.wire.Payload;
import linnet.core.wire.Suite1;
import org.jspecify.annotations.Nullable;

/**
 * What is said once, not stored and not acknowledged: acknowledgements, and answers to contact requests. If one is lost, the other
 * side repeats what it answers, and so will this.
 */
final class Asides {
    private final Identity identity;
    private final MessageConfig config;
    private final Env env;
    private final Crypto crypto;
    private final Links links;
    private final Contacts contacts;
    private final Map<PeerId, Acknowledged> ready = new TreeMap<>();
    private @Nullable Timer timer;

    /** When acknowledgements left last; -1 before the first. */
    private long flushedMillis = -1;

    /** What one device is told next. */
    private record Acknowledged(UserId user, List<MessageId> ids) {}

    Asides(Identity identity, MessageConfig config, Env env, Crypto crypto, Links links, Contacts contacts) {
        this.identity = identity;
        this.config = config;
        this.env = env;
        this.crypto = crypto;
        this.links = links;
        this.contacts = contacts;
    }

    /**
     * Tells a device that this node has its message: at once after a silence, else together with what comes within a moment. Only for what is
     * durable.
     */
    void acknowledge(UserId user, PeerId device, MessageId id) {
        Acknowledged its = ready.get(device);
        if (its == null) {
            its = new Acknowledged(user, new ArrayList<>());
            ready.put(device, its);
        }
        if (!its.ids.contains(id)) its.ids.add(id);
        if (its.ids.size() == Content.IDS_MAX) flush(device, its);
        else if (timer == null) timer = env.after(Duration.ofMillis(waitMillis()), this::flush);
    }

    private long waitMillis() {
        if (flushedMillis < 0) return 0;
        return Math.max(0, flushedMillis + config.acknowledge().toMillis() - env.nowMillis());
    }

    /** Answers somebody who asked. The answer carries the id of what it answers, so that it fits no other request. */
    void answer(UserId user, Bundle device, MessageId request, Content content) {
        say(user, device, request, content);
    }

    void stop() {
        if (timer != null) timer.cancel();
    }

    private void flush() {
        timer = null;
        flushedMillis = env.nowMillis();
        for (Map.Entry<PeerId, Acknowledged> one : new ArrayList<>(ready.entrySet()))
            flush(one.getKey(), one.getValue());
    }

    private void flush(PeerId device, Acknowledged its) {
        ready.remove(device);
        Bundle bundle = contacts.bundleOf(device);
        if (bundle != null)
            say(its.user, bundle, new MessageId(crypto.random(MessageId.BYTES)), new Content.Delivered(its.ids));
    }

    private void say(UserId user, Bundle to, MessageId id, Content content) {
        PeerId device = Identity.peerId(crypto, to.devicePublic());
        if (!links.isUp(device)) return;
        long wall = Math.max(1, env.wallMillis());
        Payload payload = Payload.of(
                        id,
                        Conversations.of(crypto, contacts.user(), user),
                        contacts.user(),
                        contacts.self(),
                        0,
                        0,
                        wall,
                        content)
                .sign(crypto, identity, device);
        long expires = wall + config.life().toMillis();
        if (!links.send(device, Suite1.seal(crypto, payload, to, Envelope.HOPS_MAX, expires)))
            env.log().event("message.aside-dropped", "peer", device);
    }
}
