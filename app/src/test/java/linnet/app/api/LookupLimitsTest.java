package linnet.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who asks for lookups without end, and a node that knows nobody. */
class LookupLimitsTest {
    private static final int FLOOD = 200;

    @TempDir
    Path folder;

    @Test
    void aFloodOfLookupsIsRefusedAndTheNodeGoesOn() throws Exception {
        try (TwoNodes nodes = new TwoNodes(folder)) {
            Http alice = Http.to(nodes.alice.running().apiPort(), nodes.aliceToken);
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < FLOOD; i++) {
                byte[] key = new byte[Key.BYTES];
                key[0] = (byte) i;
                String target = new PeerId(Key.of(Bytes.wrap(key))).toString();
                answers.add(alice.call("POST", "/api/v1/lookups", "{\"target\":\"" + target + "\"}")
                        .status());
            }
            assertThat(answers).contains(201, 429).containsOnly(201, 429);
            assertThat(alice.call("GET", "/api/v1/peers", "").status()).isEqualTo(200);
        }
    }

    @Test
    void aNodeThatKnowsNobodySaysSo() throws Exception {
        try (TwoNodes nodes = new TwoNodes(folder)) {
            assertThat(ApiClient.list(nodes.atAlice.get("peers"), "peers")).isEmpty();
            assertThat(ApiClient.list(nodes.atAlice.get("routes"), "buckets")).isEmpty();
            var answer = nodes.atAlice.get("netcheck");
            assertThat(answer).containsEntry("ok", false);
            assertThat(ApiClient.list(answer, "findings"))
                    .anyMatch(finding -> "NO_BOOTSTRAP".equals(finding.get("code")));
        }
    }
}
