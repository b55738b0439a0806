package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import linnet.core.dht.Found;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.jvm.NodeHost.Member;
import org.junit.jupiter.api.Test;

class NodeHostTest {
    private static final String HERE = "127.0.0.1";
    private static final long PATIENCE_SECONDS = 30;

    @Test
    void aNewcomerFindsBySomebodyItKnowsWhomItDoesNot() throws Exception {
        try (NodeHost host = new NodeHost()) {
            Member first = host.join(HERE, List.of()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Member second = host.join(HERE, List.of(first.where())).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            // The first one hears of the second when that asks.
            assertThat(look(host, second, first).peer()).isNotNull();
            Member third = host.join(HERE, List.of(first.where())).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Found found = look(host, third, second);
            assertThat(found.peer()).isNotNull();
            assertThat(found.peer().peer()).isEqualTo(second.peer());
            assertThat(found.cost().questions()).isPositive();
        }
    }

    private static Found look(NodeHost host, Member by, Member whom) throws Exception {
        CompletableFuture<Found> found = new CompletableFuture<>();
        host.run(() -> by.dht().lookup(whom.peer(), Purpose.NORMAL, LookupTrace.NONE, found::complete));
        return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
