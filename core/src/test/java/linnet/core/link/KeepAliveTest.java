package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import linnet.core.link.KeepAlive.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that is gone, or that takes nothing, is noticed in time; one that is only slow is left alone. */
class KeepAliveTest {
    private final TestNet net = new TestNet();
    private final Station alice = new Station(net, 1, settings -> settings.withQueue(100, 1 << 20));
    private final Station bob = new Station(net, 2);

    @BeforeEach
    void link() {
        net.highWaterBytes = 10_000;
        bob.pool().keep(alice.peer, Links.Standing.CONTACT);
        alice.open(bob);
        net.run(1_000);
    }

    @Test
    void anIdleLinkStaysUp() {
        net.run(3_600_000);
        assertThat(alice.isUp(bob)).isTrue();
        assertThat(bob.isUp(alice)).isTrue();
        assertThat(alice.heard).containsExactly("up");
    }

    @Test
    void theAnswerToTheLastPingTellsTheRoundTrip() {
        KeepAlive keepAlive = new KeepAlive(0, true);
        keepAlive.onPong(0, 5);
        assertThat(keepAlive.rttMillis()).as("nobody asked").isZero();
        int lost = keepAlive.nextPing(1_000);
        int ping = keepAlive.nextPing(2_000);
        keepAlive.onPong(lost, 2_010);
        assertThat(keepAlive.rttMillis()).as("an answer to another question").isZero();
        keepAlive.onPong(ping, 2_030);
        assertThat(keepAlive.rttMillis()).isEqualTo(30);
    }

    @Test
    void aSilentPeerIsGivenUp() {
        net.pipes.get(0).dialler.goesSilent();
        net.run(LinkConfig.SILENCE_MILLIS - 1_500);
        assertThat(alice.isUp(bob)).isTrue();
        net.run(1_500);
        assertThat(alice.heard).containsExactly("up", "down TIMEOUT");
        assertThat(bob.heard).containsExactly("up", "down TIMEOUT");
    }

    @Test
    void aPeerThatReadsNothingIsCutThoughItWrites() {
        bobReads(false);
        fill();
        for (int i = 0; i < 14; i++) {
            bob.send(alice, i);
            net.run(1_000);
        }
        assertThat(alice.isUp(bob)).isTrue();
        bob.send(alice, 99);
        net.run(1_100);
        assertThat(alice.heard).contains("down TIMEOUT");
    }

    @Test
    void aPeerThatHadRoomOnceAndThenNeverAgainIsCut() {
        bobReads(false);
        fill();
        net.run(9_000);
        bobReads(true);
        net.run(100);
        bobReads(false);
        fill();
        for (int i = 0; i < 14; i++) {
            bob.send(alice, i);
            net.run(1_000);
        }
        assertThat(alice.heard).containsExactly("up", "room");
        bob.send(alice, 99);
        net.run(1_100);
        assertThat(alice.heard).containsExactly("up", "room", "down TIMEOUT");
    }

    @Test
    void aSlowReaderIsLeftAlone() {
        bobReads(false);
        fill();
        for (int i = 0; i < 60; i++) {
            net.run(3_000);
            net.pipes.get(0).answerer.readsOne();
            fill();
            bob.send(alice, i);
        }
        assertThat(alice.isUp(bob)).isTrue();
    }

    @Test
    void aFullQueueSaysNoAndTellsWhenThereIsRoom() {
        bobReads(false);
        int accepted = fill();
        assertThat(alice.pool().send(bob.peer, alice.envelope(999, 1_000))).isFalse();
        assertThat(alice.pool().describe(bob.peer).queuedBytes()).isGreaterThan(100_000);
        // Another priority has a queue of its own.
        assertThat(alice.send(bob, 1_000)).isTrue();
        assertThat(alice.heard).containsExactly("up");
        bobReads(true);
        net.run(1_000);
        assertThat(alice.heard).containsExactly("up", "room");
        assertThat(alice.send(bob, 1_001)).isTrue();
        net.run(1_000);
        assertThat(bob.frames).hasSize(accepted + 2).endsWith(1_001);
    }

    @Test
    void smallAndUrgentFramesOvertake() {
        bobReads(false);
        int accepted = fill();
        alice.send(bob, 1_000);
        bobReads(true);
        net.run(1_000);
        assertThat(bob.frames.indexOf(1_000)).isLessThan(accepted - 50);
    }

    @Test
    void whatWaitsLeavesInFewMessages() {
        bobReads(false);
        int accepted = fill();
        int before = net.pipes.get(0).dialler.sent();
        net.highWaterBytes = 1 << 20;
        bobReads(true);
        net.run(1_000);
        assertThat(net.pipes.get(0).dialler.sent() - before).isLessThan(accepted / 5);
    }

    @Test
    void aWriterThatIsToldOfRoomMayWriteAtOnce() {
        bobReads(false);
        fill();
        alice.onRoom = () ->
                assertThat(alice.pool().send(bob.peer, alice.envelope(777, 10))).isTrue();
        bobReads(true);
        net.run(1_000);
        assertThat(bob.frames).endsWith(777);
    }

    @Test
    void judgesByTheTimesThatLinkMdNames() {
        KeepAlive keepAlive = new KeepAlive(0, true);
        assertThat(keepAlive.nextMillis(0)).isEqualTo(10_000);
        assertThat(keepAlive.judge(9_999, 0)).isEqualTo(Verdict.FINE);
        assertThat(keepAlive.judge(10_000, 0)).isEqualTo(Verdict.ASK);
        assertThat(keepAlive.judge(10_001, 0)).isEqualTo(Verdict.FINE);
        assertThat(keepAlive.nextMillis(10_001)).isEqualTo(20_000);
        assertThat(keepAlive.judge(20_000, 0)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void whoeverWasDialledLeavesTheAskingToTheOther() {
        KeepAlive dialled = new KeepAlive(0, false);
        assertThat(dialled.judge(10_000, 0)).isEqualTo(Verdict.FINE);
        dialled.onHeard(10_050);
        assertThat(dialled.judge(22_049, 0)).isEqualTo(Verdict.FINE);
        assertThat(dialled.judge(22_050, 0)).as("the other does not ask").isEqualTo(Verdict.ASK);
    }

    @Test
    void lessInTheChannelIsProgress() {
        KeepAlive keepAlive = new KeepAlive(0, true);
        keepAlive.onBlocked(0, 1_000);
        keepAlive.onHeard(14_000);
        assertThat(keepAlive.judge(14_000, 999)).isEqualTo(Verdict.FINE);
        keepAlive.onHeard(28_000);
        assertThat(keepAlive.judge(28_999, 999)).isEqualTo(Verdict.FINE);
        assertThat(keepAlive.judge(29_000, 999)).isEqualTo(Verdict.STALLED);
    }

    /** Writes until the channel and the queue are full; returns how many were taken. */
    private int fill() {
        int heard = alice.heard.size();
        int accepted = 0;
        int before;
        do {
            before = accepted;
            while (alice.pool().send(bob.peer, alice.envelope(accepted + 1, 2_000))) accepted++;
            net.run(0);
        } while (accepted > before);
        alice.heard.subList(heard, alice.heard.size()).clear();
        return accepted;
    }

    private void bobReads(boolean reads) {
        net.pipes.get(0).answerer.reads(reads);
    }
}
