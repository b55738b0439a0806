package linnet.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiProblem;
import linnet.app.api.ApiRequests;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.id.Bytes;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;

/** What a web page or a program on this machine sends to the local API, after the gatekeeper: {@code METHOD path?query}, then the body. */
final class ApiTarget implements Target {
    /** Text, its JSON and the request: strings of two bytes a character, a few times over. */
    private static final int ALLOCATED_PER_INPUT_BYTE = 256;

    private final Crypto crypto = new QuickCrypto();

    @Override
    public List<Bytes> messages() {
        Person alice = Person.create(crypto, "Alice");
        UserId user = Identity.userId(crypto, alice.card().devices().userPublic());
        MessageId id = new MessageId(crypto.random(MessageId.BYTES));
        String conversation = ApiRequests.PREFIX + "conversations/" + user;
        return List.of(
                call("GET", ApiRequests.PREFIX + "identity", ""),
                call("POST", ApiRequests.PREFIX + "identity/invite", "{\"expiresSeconds\":3600}"),
                call("GET", ApiRequests.PREFIX + "contacts", ""),
                call("POST", ApiRequests.PREFIX + "contacts", "{\"link\":\"linnet:AAAA\"}"),
                call("GET", ApiRequests.PREFIX + "contacts/" + user + "/safety", ""),
                call("PUT", ApiRequests.PREFIX + "contacts/" + user + "/verified", "{\"verified\":true}"),
                call("GET", conversation + "/messages?before=100&limit=20", ""),
                call("POST", conversation + "/messages", "{\"text\":\"Gr\\u00fc\\u00dfe \\ud83d\\ude00\"}"),
                call(
                        "POST",
                        conversation + "/read",
                        "{\"ids\":[\"" + id.random16().hex() + "\"]}"),
                call("POST", conversation + "/open", "{\"open\":true,\"leaseSeconds\":60}"),
                call("POST", conversation + "/retry", ""),
                call("GET", ApiRequests.PREFIX + "messages/" + id.random16().hex(), ""),
                call("POST", ApiRequests.PREFIX + "lookups", "{\"target\":\"" + user + "\",\"walk\":true}"),
                call("POST", ApiRequests.PREFIX + "lookups", "{\"target\":\"" + alice.peer(crypto) + "\"}"),
                call("GET", ApiRequests.PREFIX + "lookups/12?after=3&wait=1000", ""),
                call("GET", ApiRequests.PREFIX + "netcheck", ""),
                call("GET", ApiRequests.PREFIX + "events?since=7&wait=1000&limit=5", ""));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        String text = new String(input.shared(), StandardCharsets.UTF_8);
        int lineEnd = text.indexOf('\n');
        String line = lineEnd < 0 ? text : text.substring(0, lineEnd);
        String body = lineEnd < 0 ? "" : text.substring(lineEnd + 1);
        int space = line.indexOf(' ');
        if (space < 0) return false;
        int question = line.indexOf('?');
        String path = line.substring(space + 1, question < space ? line.length() : question);
        try {
            ApiRequests.parse(line.substring(0, space), path, query(line, question, space), body);
            return true;
        } catch (ApiProblem refused) {
            return false;
        }
    }

    @Override
    public String crypto() {
        return "none";
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BYTES_BASE + (long) ALLOCATED_PER_INPUT_BYTE * inputBytes;
    }

    private static Bytes call(String method, String path, String body) {
        return Bytes.utf8(method + " " + path + "\n" + body);
    }

    private static Map<String, String> query(String line, int question, int space) {
        Map<String, String> query = new LinkedHashMap<>();
        if (question < space) return query;
        for (String pair : line.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) query.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return query;
    }
}
