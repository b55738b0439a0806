package linnet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import linnet.core.event.Stage;
import linnet.jvm.Delivery;
import linnet.jvm.Linnet;
import linnet.jvm.SimNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a program is tested on a network of its own, in virtual time: hours take milliseconds, and a seed repeats them exactly. */
class EchoBotTest {
    private final SimNetwork network = SimNetwork.of(2026);
    private final Linnet bot = network.join("Echo");
    private final Linnet alice = network.join("Alice");
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void meet() {
        EchoBot.run(bot);
        alice.onMessage(m -> heard.add(m.text()));
        network.await(alice.add(network.await(bot.invite())));
    }

    @Test
    void itSaysBackWhatItHears() {
        network.await(alice.send(bot.user(), "hello"));
        network.run(Duration.ofSeconds(5));
        assertThat(heard).containsExactly("You said: hello");
    }

    @Test
    void itAnswersOnceAfterTheNetworkWasParted() {
        network.await(alice.send(bot.user(), "one"));
        network.cut(alice, bot);
        CompletableFuture<Delivery> two = alice.send(bot.user(), "two");
        network.run(Duration.ofHours(12));
        assertThat(two).isNotDone();
        network.heal();
        assertThat(network.await(two).stage()).isEqualTo(Stage.DELIVERED);
        network.run(Duration.ofMinutes(1));
        assertThat(heard).containsExactly("You said: one", "You said: two");
    }

    @Test
    void itAnswersAfterACrashWhatItHadPromisedToDeliver() {
        network.lose(0.3);
        for (int i = 0; i < 20; i++) {
            network.await(alice.queue(bot.user(), "m" + i));
            if (i % 5 == 0) network.crash(bot);
            network.run(Duration.ofMillis(700));
            network.restart(bot);
        }
        network.run(Duration.ofHours(1));
        assertThat(heard).hasSize(20).doesNotHaveDuplicates().startsWith("You said: m0");
    }
}
