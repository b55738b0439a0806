package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestsTest {
    static final String USER = new UserId(Key.of(Bytes.wrap(new byte[Key.BYTES]))).toString();
    static final String MESSAGE = "00112233445566778899aabbccddeeff";

    private static ApiProblem refusal(String method, String path, Map<String, String> query, String body) {
        return catchThrowableOfType(
                ApiProblem.class, () -> ApiRequests.parse(method, ApiRequests.PREFIX + path, query, body));
    }

    @Test
    void everyListedCallCanBeRead() throws Exception {
        Map<String, String> bodies = Map.of(
                "POST contacts", "{\"link\":\"linnet:x\"}",
                "PUT contacts/*/verified", "{\"verified\":true}",
                "POST conversations/*/messages", "{\"text\":\"hi\"}",
                "POST conversations/*/read", "{\"ids\":[\"" + MESSAGE + "\"]}",
                "POST conversations/*/open", "{\"open\":true}",
                "POST lookups", "{\"target\":\"" + USER + "\"}",
                "PUT settings/passphrase", "{\"next\":null}",
                "POST backup", "{\"passphrase\":\"p\"}");
        List<ApiRequest> read = new ArrayList<>();
        for (String call : ApiRequests.calls()) {
            String[] parts = call.split(" ", -1);
            String shape = parts[0] + " "
                    + parts[1].substring(ApiRequests.PREFIX.length())
                            .replace("{user}", "*")
                            .replace("{id}", "*");
            String id = parts[1].contains("lookups/") ? "7" : MESSAGE;
            String path = parts[1].replace("{user}", USER).replace("{id}", id);
            read.add(ApiRequests.parse(parts[0], path, Map.of(), bodies.getOrDefault(shape, "")));
        }
        assertThat(read).hasSameSizeAs(ApiRequests.calls()).doesNotContainNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | contacts | `` | link: a text is expected",
                "POST | contacts | [] | a JSON object is expected",
                "POST | contacts | {\"link\":7} | link: a text is expected",
                "POST | contacts | {\"link\":\"\"} | link: must not be empty",
                "POST | contacts | {\"lnik\":\"x\",\"link\":\"x\"} | unknown field 'lnik'; did you mean 'link'?",
                "POST | contacts | {\"link\":\"x\"}} | this is no JSON",
                "POST | contacts | {\"link\":\"x\",\"link\":\"y\"} | this is no JSON",
                "POST | identity/invite | {\"expiresSeconds\":0} | expiresSeconds: a whole number from 1 to 2592000",
                "POST | identity/invite | {\"expiresSeconds\":1.5} | expiresSeconds: a whole number",
                "POST | identity/invite | {\"expiresSeconds\":99999999999999999999} | a number is too large",
                "PUT | contacts/USER/verified | {\"verified\":\"yes\"} | verified: true or false",
                "PUT | contacts/bob/verified | {\"verified\":true} | user: an id of this kind starts with user1",
                "POST | conversations/USERx/messages | {\"text\":\"x\"} | user: an id has",
                "POST | conversations/USER/messages | {\"text\":\"\"} | text: must not be empty",
                "POST | conversations/USER/messages | {\"text\":null} | text: a text is expected",
                "POST | conversations/USER/messages | {\"text\":\"\\ud800\"} | half a surrogate pair",
                "POST | conversations/USER/read | {\"ids\":[]} | ids: 1 to 64 entries",
                "POST | conversations/USER/read | {\"ids\":[1]} | ids: a list of texts",
                "POST | conversations/USER/read | {\"ids\":[\"00\"]} | a message id has 32 hexadecimal digits",
                "POST | conversations/USER/read | {\"ids\":\"x\"} | ids: a list",
                "POST | conversations/USER/open | {} | open: true or false",
                "POST | conversations/USER/open | {\"open\":true,\"leaseSeconds\":0} | leaseSeconds: a whole number",
                "POST | conversations/USER/retry | {\"now\":true} | unknown field 'now'",
                "POST | lookups | {} | target: a text is expected",
                "POST | lookups | {\"target\":\"\"} | target: must not be empty",
                "POST | lookups | {\"target\":\"bob\"} | target: an id of this kind starts with peer1",
                "POST | lookups | {\"target\":\"user1x\"} | user: an id has",
                "POST | lookups | {\"target\":\"peer1qqqq\"} | target: an id has",
                "POST | lookups | {\"target\":\"USER\",\"walk\":\"yes\"} | walk: true or false",
                "POST | lookups | {\"target\":\"USER\",\"wlak\":true} | unknown field 'wlak'; did you mean 'walk'?",
                "GET | lookups/0 | `` | id: a whole number from 1",
                "GET | lookups/x | `` | id: a whole number",
                "GET | lookups/99999999999999999999 | `` | id: a whole number",
                "GET | routes | {\"a\":1} | unknown field 'a'",
                "GET | messages/zz112233445566778899aabbccddeeff | `` | a message id has 32",
                "GET | status | {\"a\":1} | unknown field 'a'",
            })
    void aMalformedCallIsRefusedWithItsReason(String method, String path, String body, String words) {
        ApiProblem problem = refusal(method, path.replace("USER", USER), Map.of(), body.replace("USER", USER));
        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo(Failure.Code.MALFORMED.name());
        assertThat(problem.getMessage()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "events, since, -1",
        "events, since, x",
        "events, wait, 30001",
        "events, limit, 0",
        "events, limit, 1001",
        "events, snice, 1",
        "status, verbose, 1",
        "lookups/1, after, -1",
        "lookups/1, after, 2147483648",
        "lookups/1, wait, 30001",
        "peers, limit, 1",
        "netcheck, deep, 1",
    })
    void aMalformedQueryIsRefused(String path, String name, String value) {
        assertThat(refusal("GET", path, Map.of(name, value), "").code()).isEqualTo("MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({"GET, nothing", "GET, contacts/x/y/z", "GET, ''", "GET, identity/passphrase", "GET, messages/a/b"})
    void whatIsNoCallIsNotFound(String method, String path) {
        ApiProblem problem = refusal(method, path, Map.of(), "");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void anotherMethodIsToldWhichOnesThereAre() {
        ApiProblem problem = refusal("DELETE", "contacts", Map.of(), "");
        assertThat(problem.status()).isEqualTo(405);
        assertThat(problem).hasMessage("this path takes GET, POST");
    }

    @Test
    void aLongTextIsTooLarge() {
        String body = "{\"text\":\"" + "x".repeat(15_001) + "\"}";
        ApiProblem problem = refusal("POST", "conversations/" + USER + "/messages", Map.of(), body);
        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.code()).isEqualTo("TOO_LARGE");
    }

    @Test
    void theLongestTextIsReadEvenWithEveryCharacterEscaped() throws Exception {
        String body = "{\"text\":\"" + "\\u0061".repeat(15_000) + "\"}";
        assertThat(ApiRequests.parse(
                        "POST", ApiRequests.PREFIX + "conversations/" + USER + "/messages", Map.of(), body))
                .isInstanceOf(TalkRequest.Send.class);
    }

    @Test
    void aBodyBeyondItsLimitIsTooLarge() {
        String body = "{\"link\":\"" + "x".repeat(ApiRequests.BODY_BYTES_MAX) + "\"}";
        assertThat(refusal("POST", "contacts", Map.of(), body).code()).isEqualTo("TOO_LARGE");
    }
}
