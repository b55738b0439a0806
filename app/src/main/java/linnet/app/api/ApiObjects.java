package linnet.app.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.id.PeerId;
import linnet.core.node.ContactView;
import linnet.core.wire.Content;
import linnet.jvm.Conversation;
import linnet.jvm.HistoryMessage;
import linnet.jvm.NumberedEvent;
import org.jspecify.annotations.Nullable;

/** What the local API answers, as objects that become JSON. Times are milliseconds since 1970, ids their text forms. */
final class ApiObjects {
    /** Version of the objects. It rises when a field changes its meaning; new fields leave it alone. */
    private static final long VERSION = 1;

    private ApiObjects() {}

    /** Returns the object of an event: {@code {v,seq,ts,type,data}}. */
    static Map<String, @Nullable Object> event(NumberedEvent numbered) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("v", VERSION);
        object.put("seq", numbered.number());
        object.put("ts", numbered.wallMillis());
        object.put("type", typeOf(numbered.event()));
        object.put("data", dataOf(numbered.event()));
        return object;
    }

    /** Returns the object of a message. */
    static Map<String, @Nullable Object> message(HistoryMessage message) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("number", message.number());
        object.put("id", message.id().toString());
        object.put("conversation", message.in().key().bytes().hex());
        object.put("with", message.with().toString());
        object.put("own", message.own());
        object.put("device", text(message.device()));
        object.put("sentMillis", message.sentWallMillis());
        object.put("order", word(message.order()));
        putContent(object, message.content());
        object.put("stage", word(message.stage()));
        putProgress(object, message.at(), message.cause(), message.nextTryWallMillis());
        object.put("path", message.path());
        return object;
    }

    /** Returns the object of a contact. */
    static Map<String, @Nullable Object> contact(ContactView contact) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("user", contact.user().toString());
        object.put("name", contact.name());
        object.put("state", word(contact.state()));
        object.put("verified", contact.verified());
        object.put("devices", contact.devices().stream().map(PeerId::toString).toList());
        putReach(object, contact);
        object.put("waiting", (long) contact.waiting());
        object.put("cause", failure(contact.cause()));
        object.put("nextTryMillis", contact.nextTryWallMillis());
        return object;
    }

    /** Returns the object of a member who is a contact. */
    static Map<String, @Nullable Object> member(ContactView contact) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("user", contact.user().toString());
        object.put("name", contact.name());
        object.put("self", false);
        putReach(object, contact);
        return object;
    }

    private static void putReach(Map<String, @Nullable Object> object, ContactView contact) {
        Map<String, @Nullable Object> learned = new LinkedHashMap<>();
        learned.put("how", word(contact.learned().how()));
        learned.put("address", contact.learned().address());
        learned.put("why", failure(contact.learned().why()));
        object.put("reach", word(contact.reach()));
        object.put("reachSinceMillis", contact.reachSinceWallMillis());
        object.put("learned", learned);
    }

    /** Returns the object of a conversation. */
    static Map<String, @Nullable Object> conversation(Conversation conversation, String name) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("with", conversation.with().toString());
        object.put("name", name);
        object.put("last", message(conversation.last()));
        object.put("unread", conversation.unread());
        return object;
    }

    private static String typeOf(Event event) {
        if (event instanceof Event.Accepted) return "accepted";
        if (event instanceof Event.Received) return "received";
        if (event instanceof Event.Progress) return "progress";
        if (event instanceof Event.Reached) return "reached";
        if (event instanceof Event.ContactChanged) return "contact";
        throw new AssertionError(event);
    }

    private static Map<String, @Nullable Object> dataOf(Event event) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        if (event instanceof Event.Accepted accepted) {
            data.put("to", accepted.to().toString());
            data.put("conversation", accepted.in().key().bytes().hex());
            data.put("id", accepted.id().toString());
            data.put("sentMillis", accepted.sentWallMillis());
            putContent(data, accepted.content());
        } else if (event instanceof Event.Received received) {
            data.put("from", received.from().toString());
            data.put("device", received.device().toString());
            data.put("conversation", received.in().key().bytes().hex());
            data.put("id", received.id().toString());
            data.put("sequence", received.sequence());
            data.put("sentMillis", received.sentWallMillis());
            data.put("order", word(received.order()));
            putContent(data, received.content());
        } else if (event instanceof Event.Progress progress) {
            data.put("to", progress.to().toString());
            data.put("id", progress.id().toString());
            data.put("stage", word(progress.stage()));
            putProgress(data, progress.at(), progress.cause(), progress.nextTryWallMillis());
        } else if (event instanceof Event.Reached reached) {
            data.put("peer", reached.peer().toString());
            data.put("user", text(reached.user()));
            data.put("reach", word(reached.reach()));
            data.put("why", failure(reached.why()));
        } else if (event instanceof Event.ContactChanged changed) {
            data.put("user", changed.user().toString());
            data.put("name", changed.name());
            data.put("state", word(changed.state()));
            data.put("why", failure(changed.why()));
        }
        return data;
    }

    private static void putContent(Map<String, @Nullable Object> object, Content content) {
        object.put("kind", content instanceof Content.Text ? "text" : "unknown");
        object.put("text", content instanceof Content.Text words ? words.text() : null);
    }

    private static void putProgress(
            Map<String, @Nullable Object> object, @Nullable PeerId at, @Nullable Failure cause, long nextTryMillis) {
        object.put("at", text(at));
        object.put("cause", failure(cause));
        object.put("nextTryMillis", nextTryMillis);
    }

    /** Returns the object of a failure. */
    static @Nullable Map<String, Object> failure(@Nullable Failure why) {
        if (why == null) return null;
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("code", why.code().name());
        object.put("detail", why.detail());
        object.put("hint", why.code().hint());
        return object;
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }

    /** Enums are lower case on the API. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the objects of many things under one name. */
    static Map<String, @Nullable Object> list(String name, List<? extends Map<String, ?>> objects) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("v", VERSION);
        all.put(name, objects);
        return all;
    }
}
