package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.core.env.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Loop loop = new Loop(new Loop.Owner() {
        @Override
        public void onFinished() {
            seen.add("finished");
        }

        @Override
        public void onEscaped(Throwable error) {
            seen.add("escaped " + error.getMessage());
            if (error.getMessage().equals("fatal")) throw new IllegalStateException("worse");
        }

        @Override
        public void onDied(Throwable error) {
            seen.add("died " + error.getMessage());
        }
    });

    @AfterEach
    void stop() {
        loop.stop();
        assertThat(loop.join(5_000)).isTrue();
    }

    @Test
    void everyInputRunsToItsEndBeforeTheNext() {
        loop.post(() -> {
            seen.add("one");
            loop.post(() -> seen.add("two"));
            seen.add("still one");
        });
        assertThat(next(5)).containsExactly("one", "still one", "finished", "two", "finished");
    }

    @Test
    void whatASocketBringsRunsAtOnceButNeverWithinAnInput() {
        loop.thread().execute(() -> {
            seen.add("read");
            loop.hear(() -> {
                loop.hear(() -> seen.add("later"));
                seen.add("heard");
            });
            seen.add("read on");
        });
        assertThat(next(6)).containsExactly("read", "heard", "finished", "read on", "later", "finished");
    }

    @Test
    void anErrorEndsItsInputAndNothingElse() {
        loop.post(() -> {
            throw new IllegalStateException("planted");
        });
        loop.post(() -> seen.add("next"));
        assertThat(next(3)).containsExactly("escaped planted", "next", "finished");
    }

    @Test
    void aLoopWhoseOwnerFailsStopsAndSaysSo() {
        loop.post(() -> {
            throw new IllegalStateException("fatal");
        });
        loop.post(() -> seen.add("never"));
        assertThat(next(3)).containsExactly("escaped fatal", "died worse");
        assertThat(loop.isStopped()).isTrue();
        assertThat(loop.offer(() -> {})).isFalse();
    }

    @Test
    void anInterruptThatAnInputLeavesEndsNothing() {
        loop.post(() -> Thread.currentThread().interrupt());
        assertThat(next(1)).containsExactly("finished");
        loop.post(() -> seen.add("next"));
        assertThat(next(1)).containsExactly("next");
    }

    @Test
    void timersRunInTheOrderOfTheirTimes() {
        loop.post(() -> {
            loop.after(Duration.ofMillis(20), () -> seen.add("late"));
            loop.after(Duration.ofMillis(5), () -> seen.add("early"));
            loop.after(Duration.ZERO, () -> seen.add("now"));
            loop.after(Duration.ZERO, () -> seen.add("now too"));
        });
        assertThat(next(9))
                .containsExactly(
                        "finished", "now", "finished", "now too", "finished", "early", "finished", "late", "finished");
    }

    @Test
    void aCancelledTimerNeverRuns() {
        loop.post(() -> {
            Timer timer = loop.after(Duration.ofMillis(1), () -> seen.add("cancelled"));
            timer.cancel();
            timer.cancel();
            loop.after(Duration.ofMillis(2), () -> seen.add("kept"));
        });
        assertThat(next(3)).containsExactly("finished", "kept", "finished");
    }

    @Test
    void aBusyTimerDoesNotKeepInputsWaiting() {
        loop.post(this::again);
        loop.post(() -> seen.add("input"));
        assertThat(next(2)).contains("input");
    }

    @Test
    void callsAreRefusedWhenTooManyWait() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        loop.post(() -> {
            blocked.countDown();
            await(release);
        });
        assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < Loop.CALLS_MAX; i++)
            assertThat(loop.offer(() -> {})).isTrue();
        assertThat(loop.offer(() -> {})).isFalse();
        release.countDown();
        CountDownLatch drained = new CountDownLatch(1);
        loop.post(drained::countDown);
        assertThat(drained.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.offer(() -> {})).isTrue();
    }

    @Test
    void aStoppedLoopTakesNothing() {
        loop.stop();
        assertThat(loop.join(5_000)).isTrue();
        assertThat(loop.offer(() -> {})).isFalse();
    }

    /** An owner for loops that never run. */
    static final class Deaf implements Loop.Owner {
        @Override
        public void onFinished() {}

        @Override
        public void onEscaped(Throwable error) {}

        @Override
        public void onDied(Throwable error) {}
    }

    private void again() {
        loop.after(Duration.ZERO, this::again);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for as many entries; those that a busy loop makes between are left out. */
    private List<String> next(int count) {
        List<String> entries = new ArrayList<>();
        try {
            while (entries.size() < count) {
                String entry = seen.poll(5, TimeUnit.SECONDS);
                if (entry == null) break;
                if (entries.size() == count - 1 && count == 2 && entry.equals("finished")) continue;
                entries.add(entry);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return entries;
    }
}
