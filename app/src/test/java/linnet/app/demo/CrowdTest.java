package linnet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import linnet.core.env.Result;
import linnet.core.node.NodeConfig;
import linnet.jvm.Home;
import linnet.jvm.JvmConfig;
import linnet.jvm.JvmNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network around the actors of a demo. */
class CrowdTest {
    private static final long HOUR_MILLIS = 3_600_000;

    @TempDir
    Path folder;

    @Test
    void oneInviteIsEnoughForEverybodyToFindEverybody() throws Exception {
        JvmConfig config = JvmConfig.defaults()
                .withNode(new NodeConfig("Alice", "demo", true))
                .withBind("127.0.0.1", 0);
        try (JvmNode alice = JvmNode.start(Home.create(folder.resolve("alice"), null), config);
                Crowd crowd = new Crowd(folder.resolve("crowd"), "demo")) {
            Result<String> invite =
                    alice.callDurably(node -> node.invite(HOUR_MILLIS)).join();
            crowd.enter(4, ((Result.Ok<String>) invite).value());
            assertThat(crowd.awaitLinks()).isTrue();
            Crowd.Figures figures = crowd.measure();
            assertThat(figures.foundShare()).isEqualTo(1);
            assertThat(figures.knownMin()).isPositive();
        }
    }
}
