package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import linnet.core.env.Failure.Code;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import linnet.core.node.ContactView;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
    private final SimNetwork network = SimNetwork.of(7);
    private final Linnet alice = network.join("Alice");
    private final Linnet bob = network.join("Bob");
    private final List<String> heard = new ArrayList<>();

    @Test
    void peopleMeetAndTalkInVirtualTime() {
        meet();
        bob.onMessage(m -> heard.add(m.text()));
        Delivery delivery = network.await(alice.send(bob.user(), "hello"));
        assertThat(delivery.stage()).isEqualTo(Stage.DELIVERED);
        assertThat(delivery.path()).isEqualTo("direct");
        network.run(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("hello");
        assertThat(alice.contacts()).extracting(ContactView::name).containsExactly("Bob");
        assertThat(network.now()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void whatIsSentWhileTheNetworkIsPartedArrivesAfterwardsInOrder() {
        meet();
        bob.onMessage(m -> heard.add(m.text()));
        network.part(alice);
        CompletableFuture<Delivery> one = alice.send(bob.user(), "one");
        CompletableFuture<Delivery> two = alice.send(bob.user(), "two");
        network.run(Duration.ofHours(3));
        assertThat(one).isNotDone();
        network.heal();
        network.await(CompletableFuture.allOf(one, two));
        network.run(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void aMessageThatWaitsTooLongIsGivenUpWithItsCause() {
        meet();
        bob.close();
        Delivery delivery = network.await(alice.send(bob.user(), "never"));
        assertThat(delivery.stage()).isEqualTo(Stage.FAILED);
        assertThat(delivery.cause()).satisfies(why -> assertThat(why.code()).isEqualTo(Code.EXPIRED));
        assertThat(network.now()).isGreaterThan(Duration.ofDays(13));
    }

    @Test
    void aCrashLosesNothingThatWasConfirmed() {
        meet();
        network.cut(alice, bob);
        network.await(alice.queue(bob.user(), "confirmed"));
        CompletableFuture<Delivery> waits = alice.send(bob.user(), "also");
        network.run(Duration.ofSeconds(1));
        network.crash(alice);
        assertThat(waits).isCompletedExceptionally();
        assertThatThrownBy(() -> network.await(alice.invite())).isInstanceOf(HostException.class);
        network.heal();
        network.restart(alice);
        bob.onMessage(m -> heard.add(m.text()));
        network.run(Duration.ofMinutes(10));
        assertThat(heard).containsExactly("confirmed", "also");
    }

    @Test
    void whoGivesUpWaitingEndsNobodyElsesWait() {
        meet();
        network.cut(alice, bob);
        MessageId id = network.await(alice.queue(bob.user(), "later"));
        assertThat(alice.delivery(id).cancel(false)).isTrue();
        network.heal();
        assertThat(network.await(alice.delivery(id)).cause()).isNull();
    }

    @Test
    void aMessageComesAgainAfterACrashInItsListener() {
        meet();
        bob.onMessage(m -> {
            heard.add(m.text());
            if (heard.size() == 1) network.crash(bob);
        });
        CompletableFuture<Delivery> sent = alice.send(bob.user(), "one");
        network.run(Duration.ofSeconds(5));
        network.restart(bob);
        network.run(Duration.ofMinutes(10));
        assertThat(sent).isDone();
        assertThat(heard).containsExactly("one", "one");
    }

    @Test
    void aCutLastsUntilItIsHealed() {
        meet();
        network.cut(alice, bob);
        network.run(Duration.ofDays(40));
        CompletableFuture<Delivery> waits = alice.send(bob.user(), "hello");
        network.run(Duration.ofHours(1));
        assertThat(waits).isNotDone();
    }

    @Test
    void aListenerMayAnswer() {
        meet();
        bob.onMessage(m -> assertThat(bob.queue(m.from(), "echo " + m.text())).isNotNull());
        alice.onMessage(m -> heard.add(m.text()));
        assertThat(network.await(alice.send(bob.user(), "one")).cause()).isNull();
        network.run(Duration.ofSeconds(5));
        assertThat(heard).containsExactly("echo one");
    }

    @Test
    void whatCameBeforeTheListenerIsHandedToIt() {
        meet();
        assertThat(network.await(alice.send(bob.user(), "early")).cause()).isNull();
        bob.onMessage(m -> heard.add(m.text()));
        network.run(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("early");
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(whenDelivered(3)).isEqualTo(whenDelivered(3));
        assertThat(whenDelivered(3)).isNotEqualTo(whenDelivered(4));
    }

    @Test
    void refusalsAreTheSameAsOfARealNode() {
        assertThatThrownBy(() -> network.await(alice.send(bob.user(), "who are you?")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(Code.NOT_A_CONTACT));
    }

    private static Duration whenDelivered(long seed) {
        SimNetwork other = SimNetwork.of(seed);
        other.lose(0.3);
        Linnet carol = other.join("Carol");
        Linnet dave = other.join("Dave");
        other.await(dave.add(other.await(carol.invite())));
        other.await(dave.send(carol.user(), "hello"));
        return other.now();
    }

    private void meet() {
        assertThat(network.await(bob.add(network.await(alice.invite())))).isEqualTo(alice.user());
        network.run(Duration.ofSeconds(5));
    }
}
