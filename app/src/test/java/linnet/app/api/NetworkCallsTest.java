package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two real nodes tell of the network around them. */
class NetworkCallsTest {
    /** Nodes meet within milliseconds; each look is a call. */
    private static final int LOOKS_MAX = 3_000;

    private static final int LOOKUPS_MAX = 60;

    private static final String NOBODY = new PeerId(Key.of(Bytes.wrap(new byte[Key.BYTES]))).toString();

    @TempDir
    static Path folder;

    static TwoNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TwoNodes(folder);
        nodes.introduce();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Http.Reply call(String method, String path, String body) throws Exception {
        return Http.to(nodes.alice.running().apiPort(), nodes.aliceToken).call(method, "/api/v1/" + path, body);
    }

    private static Map<String, @Nullable Object> followed(Map<String, @Nullable Object> begun) throws Exception {
        Map<String, @Nullable Object> lookup = begun;
        List<Object> steps = new ArrayList<>((List<?>) lookup.get("steps"));
        while ("running".equals(lookup.get("state"))) {
            lookup = nodes.atAlice.get("lookups/" + lookup.get("id") + "?after=" + steps.size() + "&wait=5000");
            steps.addAll((List<?>) lookup.get("steps"));
        }
        lookup.put("steps", steps);
        return lookup;
    }

    /** A node knows another one a moment after the link is up. */
    private static Map<?, ?> knownEntry() throws Exception {
        for (int i = 0; i < LOOKS_MAX; i++)
            for (Map<String, @Nullable Object> bucket : ApiClient.list(nodes.atAlice.get("routes"), "buckets"))
                for (Object entry : (List<?>) bucket.get("entries"))
                    if (entry instanceof Map<?, ?> one && !"told".equals(one.get("state"))) return one;
        throw new AssertionError("Alice's table stays empty");
    }

    @Test
    void aPeerIsToldWithWhoItIsAndWhatItsLinkDid() throws Exception {
        Map<String, @Nullable Object> peer =
                ApiClient.list(nodes.atAlice.get("peers"), "peers").get(0);
        assertThat(peer)
                .containsEntry("peer", nodes.bob.node().peer().toString())
                .containsEntry("user", nodes.bobUser())
                .containsEntry("name", "Bob")
                .containsEntry("carrier", "ws")
                .containsEntry("starts", 1L);
        assertThat(peer.get("direction")).isIn("in", "out");
        assertThat((Long) peer.get("sentBytes")).isPositive();
        assertThat((Long) peer.get("receivedBytes")).isPositive();
    }

    @Test
    void theTableTellsWhereAContactIs() throws Exception {
        Map<?, ?> entry = knownEntry();
        assertThat(entry.get("name")).isEqualTo("Bob");
        assertThat(entry.get("peer")).isEqualTo(nodes.bob.node().peer().toString());
        assertThat((List<?>) entry.get("addresses"))
                .anyMatch(address -> String.valueOf(address).startsWith("udp://127.0.0.1:"));
    }

    @Test
    void aContactWhoIsKnownHereIsFoundWithoutAQuestion() throws Exception {
        knownEntry();
        Map<String, @Nullable Object> lookup =
                followed(nodes.atAlice.post("lookups", Map.of("target", nodes.bobUser())));
        assertThat(lookup).containsEntry("state", "found");
        assertThat((List<?>) lookup.get("steps")).noneMatch(step -> "device".equals(((Map<?, ?>) step).get("about")));
        assertThat((List<?>) lookup.get("addresses")).isNotEmpty();
        assertThat((Map<?, ?>) lookup.get("target")).extracting("name").isEqualTo("Bob");
    }

    @Test
    void aWalkShowsEachQuestionAndItsAnswer() throws Exception {
        knownEntry();
        Map<String, @Nullable Object> lookup = followed(nodes.atAlice.post(
                "lookups", Map.of("target", nodes.bob.node().peer().toString(), "walk", true)));
        assertThat(lookup).containsEntry("state", "found").containsEntry("hops", 1L);
        assertThat((List<?>) lookup.get("steps"))
                .filteredOn(step -> "device".equals(((Map<?, ?>) step).get("about")))
                .extracting(step -> String.valueOf(((Map<?, ?>) step).get("what")))
                .containsExactly("asked", "answered");
    }

    @Test
    void whatAContactSaysOfItselfIsFoundToo() throws Exception {
        knownEntry();
        Map<String, @Nullable Object> lookup = Map.of();
        // A record is published a moment after the start.
        for (int i = 0; i < LOOKUPS_MAX && !(lookup.get("presence") instanceof Map); i++)
            lookup = followed(nodes.atAlice.post("lookups", Map.of("target", nodes.bobUser())));
        assertThat(lookup.get("presence")).isInstanceOf(Map.class);
        assertThat((List<?>) ((Map<?, ?>) lookup.get("presence")).get("addresses"))
                .anyMatch(address -> String.valueOf(address).startsWith("ws://127.0.0.1:"));
    }

    @Test
    void whoIsNowhereIsNotFound() throws Exception {
        assertThat(followed(nodes.atAlice.post("lookups", Map.of("target", NOBODY))))
                .containsEntry("state", "not_found");
    }

    @Test
    void aStrangerANodeItselfAndAnOldLookupAreRefused() throws Exception {
        assertThat(call("POST", "lookups", "{\"target\":\"" + ApiRequestsTest.USER + "\"}")
                        .code())
                .isEqualTo("PEER_UNKNOWN");
        assertThat(call("POST", "lookups", "{\"target\":\"" + nodes.alice.node().peer() + "\"}")
                        .code())
                .isEqualTo("REFUSED");
        assertThat(call("GET", "lookups/4711", "").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aCheckOfTheNetworkSaysWhatItFound() throws Exception {
        knownEntry();
        Map<String, @Nullable Object> answer = nodes.atAlice.get("netcheck");
        assertThat(answer).containsEntry("ok", true);
        assertThat(ApiClient.list(answer, "findings"))
                .extracting(finding -> String.valueOf(finding.get("check")))
                .contains("links", "peers", "reach", "neighbourhood", "network");
    }
}
