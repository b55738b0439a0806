package linnet.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import linnet.core.env.Failure.Code;
import linnet.core.event.Event.Reach;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.node.ContactView.How;
import org.junit.jupiter.api.Test;

/** What a person is told of whether a contact can be reached is what this node has seen, and it says where. */
class SightingTest {
    private final Village village = new Village(12);
    private final List<House> houses = village.started("alice", "bob");
    private final House alice = houses.get(0);
    private final House bob = houses.get(1);

    @Test
    void aLinkTellsSinceWhenAndWhere() {
        long before = alice.wallMillis();
        alice.meet(bob);
        ContactView.Learned learned = alice.contact(bob).learned();
        assertThat(alice.contact(bob).reach()).isEqualTo(Reach.DIRECT);
        assertThat(learned.how()).isEqualTo(How.LINK);
        assertThat(alice.contact(bob).reachSinceWallMillis()).isBetween(before, before + 2_000);
        assertThat(learned.address()).isEqualTo("host-1");
        assertThat(bob.contact(alice).learned().address())
                .isEqualTo(alice.endpoint().uri());
    }

    @Test
    void aLinkThatEndsTellsSinceWhenAndWhy() {
        alice.meet(bob);
        long left = alice.wallMillis();
        bob.later(0, () -> bob.node().stop());
        village.run(100);
        ContactView.Learned learned = alice.contact(bob).learned();
        assertThat(alice.contact(bob).reach()).isEqualTo(Reach.OFFLINE);
        assertThat(learned.how()).isEqualTo(How.LINK);
        assertThat(learned.why().code()).isEqualTo(Code.STOPPING);
        assertThat(alice.contact(bob).reachSinceWallMillis()).isBetween(left, left + 100);
    }

    @Test
    void aDialThatFailsTellsWhereAndSinceWhenIsNotForgotten() {
        alice.meet(bob);
        long left = alice.wallMillis();
        bob.stop();
        village.run(60_000);
        ContactView.Learned learned = alice.contact(bob).learned();
        assertThat(learned.how()).isEqualTo(How.DIAL);
        assertThat(learned.address()).isEqualTo(bob.endpoint().uri());
        assertThat(learned.why().code()).isEqualTo(Code.NOT_LISTENING);
        assertThat(alice.contact(bob).reachSinceWallMillis()).isBetween(left, left + 1_000);
    }

    @Test
    void anotherLifeHasSeenNothing() {
        alice.meet(bob);
        bob.crash();
        alice.crash();
        alice.start();
        assertThat(alice.contact(bob).learned().how()).isEqualTo(How.NEVER);
        assertThat(alice.contact(bob).reachSinceWallMillis()).isZero();
        village.run(60_000);
        assertThat(alice.contact(bob).learned().how()).isEqualTo(How.DIAL);
    }
}
