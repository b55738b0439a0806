package linnet.app.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.config.Setting;
import linnet.app.json.Json;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Content;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calls of the local API: method, path, query and body become an {@link ApiRequest} or an {@link ApiProblem}, and nothing
 * else happens. There is no socket here, so that tests and the fuzzer call it as it is.
 */
public final class ApiRequests {
    /** Every call starts with it. */
    public static final String PREFIX = "/api/v1/";

    /** Longest body in bytes: the longest text with every character escaped fits. */
    public static final int BODY_BYTES_MAX = 6 * Content.TEXT_BYTES_MAX + 1_024;

    /** Longest invite link in bytes; ours are below 2 KiB. */
    public static final int LINK_BYTES_MAX = 8_192;

    /** Most messages of one answer. */
    public static final int MESSAGES_MAX = 200;

    /** Most conversations of one answer: a list for people, of which each shows one message. */
    public static final int CONVERSATIONS_MAX = 2_000;

    /** Longest key of a send, in characters. */
    private static final int KEY_CHARS_MAX = 128;

    /** Longest passphrase in bytes. */
    private static final int PASSPHRASE_BYTES_MAX = 1_024;

    /** Longest name in bytes: 64 characters. */
    private static final int NAME_BYTES_MAX = 256;

    /** Longest target of a lookup in bytes; an id has 64. */
    private static final int TARGET_BYTES_MAX = 128;

    /** Most events of one answer: of the longest texts, with every character escaped, they are 18 MB. */
    public static final int EVENTS_MAX = 200;

    /** Longest wait of a long poll: below the idle times of proxies and clients. */
    public static final long WAIT_MILLIS_MAX = 30_000;

    /** Most messages that one call marks as read: as many as one sealed receipt names. */
    public static final int IDS_MAX = 64;

    /** How long a conversation counts as open without another word: a terminal that was closed says nothing. */
    private static final long LEASE_SECONDS = 60;

    private static final long LEASE_SECONDS_MAX = 3_600;

    /** Longest name of one who looks at a conversation, in bytes. */
    private static final int HOLDER_BYTES_MAX = 64;

    private static final long INVITE_SECONDS = 24 * 3_600;
    private static final long INVITE_SECONDS_MAX = 30L * 24 * 3_600;
    private static final int PATH_CHARS_MAX = 512;
    private static final String ONE = "*";

    /** Where the second part of a path is a word, not a name. */
    private static final List<String> FIXED = List.of("identity", "settings");

    /** What each path answers to; a star is one name. Also the list that docs/OPERATIONS.md shows. */
    private static final Map<String, List<String>> METHODS_BY_PATH = methodsByPath();

    private ApiRequests() {}

    /** Returns every call as {@code METHOD path}, in the order of the documents. */
    public static List<String> calls() {
        List<String> calls = new ArrayList<>();
        METHODS_BY_PATH.forEach((path, methods) -> {
            String shown =
                    path.replace(ONE, path.startsWith("messages/") || path.startsWith("lookups/") ? "{id}" : "{user}");
            for (String method : methods) calls.add(method + " " + PREFIX + shown);
        });
        return calls;
    }

    /**
     * Reads one call.
     *
     * @param method in capitals
     * @param path the whole path
     * @param query each parameter once
     * @param body empty when there is none
     * @throws ApiProblem when there is no such call, or it is malformed
     */
    public static ApiRequest parse(String method, String path, Map<String, String> query, String body)
            throws ApiProblem {
        return parse(method, path, query, body, null);
    }

    /** As above, with the header {@code Idempotency-Key} if there is one. */
    static ApiRequest parse(String method, String path, Map<String, String> query, String body, @Nullable String key)
            throws ApiProblem {
        if (key != null && !isKey(key))
            throw ApiProblem.malformed(
                    "Idempotency-Key: 1 to " + KEY_CHARS_MAX + " visible ASCII characters are expected");
        if (!path.startsWith(PREFIX) || path.length() > PATH_CHARS_MAX) throw notFound();
        List<String> segments = List.of(path.substring(PREFIX.length()).split("/", -1));
        String shape = shapeOf(segments);
        List<String> methods = METHODS_BY_PATH.get(shape);
        if (methods == null) throw notFound();
        if (!methods.contains(method)) {
            throw new ApiProblem(
                    405,
                    Failure.Code.UNSUPPORTED.name(),
                    "this path takes " + String.join(", ", methods),
                    "Use one of these methods.");
        }
        Fields parameters = new Fields(query);
        Fields fields = new Fields(body.isEmpty() ? Map.of() : object(body));
        String name = segments.size() > 1 ? segments.get(1) : "";
        ApiRequest request = read(method + " " + shape, name, parameters, fields, key);
        parameters.end();
        fields.end();
        return request;
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= KEY_CHARS_MAX && key.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static ApiRequest read(String call, String name, Fields query, Fields body, @Nullable String key)
            throws ApiProblem {
        return switch (call) {
            case "GET identity" -> new NodeRequest.Identity();
            case "POST identity/invite" ->
                new PeopleRequest.Invite(1_000 * body.whole("expiresSeconds", 1, INVITE_SECONDS_MAX, INVITE_SECONDS));
            case "POST login-links" -> new NodeRequest.LoginLink();
            case "GET contacts" -> new PeopleRequest.Contacts();
            case "POST contacts" -> new PeopleRequest.Add(body.text("link", LINK_BYTES_MAX));
            case "GET contacts/*" -> new PeopleRequest.Contact(user(name));
            case "GET contacts/*/safety" -> new PeopleRequest.Safety(user(name));
            case "PUT contacts/*/verified" -> new PeopleRequest.Verify(user(name), body.bool("verified"));
            case "GET members" -> new PeopleRequest.Members();
            case "GET conversations" ->
                new TalkRequest.Conversations(query.whole("before", 1, Long.MAX_VALUE, Long.MAX_VALUE), (int)
                        query.whole("limit", 1, CONVERSATIONS_MAX, CONVERSATIONS_MAX));
            case "GET conversations/*/messages" -> messages(user(name), query);
            case "POST conversations/*/messages" ->
                new TalkRequest.Send(user(name), body.text("text", Content.TEXT_BYTES_MAX), key);
            case "POST conversations/*/read" -> new TalkRequest.Read(user(name), messages(body.texts("ids", IDS_MAX)));
            case "POST conversations/*/open" ->
                new TalkRequest.Open(
                        user(name),
                        body.bool("open"),
                        1_000 * body.whole("leaseSeconds", 1, LEASE_SECONDS_MAX, LEASE_SECONDS),
                        body.textOr("holder", HOLDER_BYTES_MAX, ""));
            case "POST conversations/*/retry" -> new TalkRequest.Retry(user(name));
            case "GET messages/*" -> new TalkRequest.Message(message(name));
            case "POST messages/*/retry" -> new TalkRequest.RetryMessage(message(name));
            case "GET settings" -> new NodeRequest.Settings();
            case "PATCH settings" -> changeSettings(body);
            case "PUT settings/passphrase" ->
                new NodeRequest.ChangePassphrase(
                        body.textOrNull("current", PASSPHRASE_BYTES_MAX), body.given("next", PASSPHRASE_BYTES_MAX));
            case "POST backup" -> new NodeRequest.Backup(body.text("passphrase", PASSPHRASE_BYTES_MAX));
            case "POST bugreport" -> new NodeRequest.BugReport();
            case "GET peers" -> new NetworkRequest.Peers();
            case "GET routes" -> new NetworkRequest.Routes();
            case "POST lookups" -> startLookup(body);
            case "GET lookups/*" -> lookup(name, query);
            case "GET netcheck" -> new NetworkRequest.NetCheck();
            case "GET status" -> new NodeRequest.Status();
            case "POST stop" -> new NodeRequest.Stop();
            case "GET events" -> events(query);
            default -> throw notFound();
        };
    }

    private static ApiRequest messages(UserId with, Fields query) throws ApiProblem {
        int limit = (int) query.whole("limit", 1, MESSAGES_MAX, 50);
        long before = query.whole("before", 1, Long.MAX_VALUE, 0);
        long after = query.whole("after", 0, Long.MAX_VALUE, -1);
        if (before > 0 && after >= 0) throw ApiProblem.malformed("before, after: only one of them");
        if (after >= 0) return new TalkRequest.MessagesAfter(with, after, limit);
        return new TalkRequest.Messages(with, before > 0 ? before : Long.MAX_VALUE, limit);
    }

    private static ApiRequest changeSettings(Fields body) throws ApiProblem {
        String name = body.textOrNull("name", NAME_BYTES_MAX);
        if (name != null && !Setting.NAME.rule().takes(name))
            throw ApiProblem.malformed(
                    "name: allowed are " + Setting.NAME.rule().allowed());
        return new NodeRequest.ChangeSettings(name, body.boolOrNull("receipts"));
    }

    private static NetworkRequest startLookup(Fields body) throws ApiProblem {
        String target = body.text("target", TARGET_BYTES_MAX);
        boolean walk = Boolean.TRUE.equals(body.boolOrNull("walk"));
        if (target.startsWith("user1")) return new NetworkRequest.LookUpContact(user(target), walk);
        try {
            return new NetworkRequest.LookUpPeer(PeerId.parse(target), walk);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.malformed("target: " + e.getMessage());
        }
    }

    private static NetworkRequest lookup(String name, Fields query) throws ApiProblem {
        long number = new Fields(Map.of("id", name)).whole("id", 1, Long.MAX_VALUE, 0);
        return new NetworkRequest.Lookup(
                number,
                (int) query.whole("after", 0, Integer.MAX_VALUE, 0),
                query.whole("wait", 0, WAIT_MILLIS_MAX, 0));
    }

    private static NodeRequest.Events events(Fields query) throws ApiProblem {
        return new NodeRequest.Events(
                query.whole("since", 0, Long.MAX_VALUE, 0), query.whole("wait", 0, WAIT_MILLIS_MAX, 0), (int)
                        query.whole("limit", 1, EVENTS_MAX, 200));
    }

    private static Map<String, @Nullable Object> object(String body) throws ApiProblem {
        if (body.length() > BODY_BYTES_MAX) throw tooLarge();
        try {
            return Json.object(body);
        } catch (Json.Malformed e) {
            throw ApiProblem.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the refusal of a body that is too long. */
    static ApiProblem tooLarge() {
        return new ApiProblem(
                413,
                Failure.Code.TOO_LARGE.name(),
                "the body is longer than " + BODY_BYTES_MAX + " bytes",
                Failure.Code.TOO_LARGE.hint());
    }

    /** Returns the refusal of a call that there is not. */
    static ApiProblem notFound() {
        return new ApiProblem(
                404, Failure.Code.NOT_FOUND.name(), "there is no such call", "docs/OPERATIONS.md lists the calls.");
    }

    private static UserId user(String text) throws ApiProblem {
        try {
            return UserId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.malformed("user: " + e.getMessage());
        }
    }

    private static List<MessageId> messages(List<String> texts) throws ApiProblem {
        List<MessageId> ids = new ArrayList<>();
        for (String text : texts) ids.add(message(text));
        return ids;
    }

    private static MessageId message(String text) throws ApiProblem {
        byte[] bytes = new byte[MessageId.BYTES];
        boolean fits = text.length() == 2 * MessageId.BYTES;
        for (int i = 0; fits && i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            fits = digit >= 0 && text.charAt(i) < 128;
            bytes[i / 2] = (byte) (bytes[i / 2] << 4 | digit);
        }
        if (!fits) throw ApiProblem.malformed("a message id has " + 2 * MessageId.BYTES + " hexadecimal digits");
        return new MessageId(Bytes.wrap(bytes));
    }

    private static String shapeOf(List<String> segments) {
        if (segments.size() < 2 || FIXED.contains(segments.get(0))) return String.join("/", segments);
        List<String> shape = new ArrayList<>(segments);
        shape.set(1, ONE);
        return String.join("/", shape);
    }

    private static Map<String, List<String>> methodsByPath() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("identity", List.of("GET"));
        all.put("identity/invite", List.of("POST"));
        all.put("login-links", List.of("POST"));
        all.put("contacts", List.of("GET", "POST"));
        all.put("contacts/*", List.of("GET"));
        all.put("contacts/*/safety", List.of("GET"));
        all.put("contacts/*/verified", List.of("PUT"));
        all.put("members", List.of("GET"));
        all.put("conversations", List.of("GET"));
        all.put("conversations/*/messages", List.of("GET", "POST"));
        all.put("conversations/*/read", List.of("POST"));
        all.put("conversations/*/open", List.of("POST"));
        all.put("conversations/*/retry", List.of("POST"));
        all.put("messages/*", List.of("GET"));
        all.put("messages/*/retry", List.of("POST"));
        all.put("peers", List.of("GET"));
        all.put("routes", List.of("GET"));
        all.put("lookups", List.of("POST"));
        all.put("lookups/*", List.of("GET"));
        all.put("netcheck", List.of("GET"));
        all.put("settings", List.of("GET", "PATCH"));
        all.put("settings/passphrase", List.of("PUT"));
        all.put("backup", List.of("POST"));
        all.put("bugreport", List.of("POST"));
        all.put("events", List.of("GET"));
        all.put("status", List.of("GET"));
        all.put("stop", List.of("POST"));
        return all;
    }
}
