package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import linnet.core.event.Event;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.jvm.HostException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFeedTest {
    @TempDir
    Path folder;

    private final LinkedBlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    private Home home;
    private Archive archive;
    private int emitted;

    @BeforeEach
    void open() {
        home = Home.create(folder.resolve("home"), null);
        archive = new Archive(home, Runnable::run, why -> {});
    }

    @AfterEach
    void close() {
        archive.close();
        home.close();
    }

    @Test
    void aFollowerFromTheBeginningHearsTheOldAndTheNew() throws Exception {
        happen(3_000);
        assertThat(follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(500);
        assertThat(hear(3_500))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 3_500).boxed().toList());
    }

    @Test
    void eventsThatAreNotKeptAreSaidToBeGone() throws Exception {
        happen(10_010);
        assertThatThrownBy(() -> follow(9, event -> {}))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EVENTS_GONE));
        assertThat(archive.feed.after(0, 1)).extracting(NumberedEvent::number).containsExactly(11L);
        assertThat(archive.feed.after(10, 1)).extracting(NumberedEvent::number).containsExactly(11L);
    }

    @Test
    void aNumberThatHasNotHappenedHereIsOfAnotherLife() throws Exception {
        happen(3);
        assertThat(archive.feed.after(3, 1)).isEmpty();
        assertThatThrownBy(() -> archive.feed.after(4, 1))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EVENTS_GONE));
    }

    @Test
    void aListenerThatThrowsIsDroppedAndDisturbsNobody() throws Exception {
        assertThat(follow(0, event -> {
                    throw new IllegalStateException("planted");
                }))
                .isNotNull();
        assertThat(follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(3);
        assertThat(hear(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anErrorOfAListenerDisturbsNobodyElse() throws Exception {
        assertThat(follow(0, event -> {
                    throw new AssertionError("planted");
                }))
                .isNotNull();
        assertThat(follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(3);
        assertThat(hear(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoKnowsMoreThanThereIsHearsWhatComes() throws Exception {
        happen(2);
        assertThat(follow(99, event -> heard.add(event.number()))).isNotNull();
        happen(1);
        assertThat(hear(1)).containsExactly(3L);
    }

    @Test
    void aFollowerWhoLeftHearsNothing() throws Exception {
        Subscription left = follow(0, event -> heard.add(-1L));
        left.close();
        assertThat(follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(2);
        assertThat(hear(2)).containsExactly(1L, 2L);
    }

    @Test
    void aDiskThatDoesNotAnswerOnceCostsNobodyTheirPlace() throws Exception {
        happen(2_000);
        Flaky flaky = new Flaky(archive.reading, 2);
        try (EventFeed feed = new EventFeed(flaky)) {
            assertThat(feed.follow(0, event -> heard.add(event.number()), why -> {}))
                    .isNotNull();
            assertThat(hear(2_000))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2_000).boxed().toList());
        }
    }

    @Test
    void aFollowerThatIsDroppedHearsWhy() throws Exception {
        LinkedBlockingQueue<RuntimeException> reasons = new LinkedBlockingQueue<>();
        assertThat(archive.feed.follow(
                        0,
                        event -> {
                            throw new IllegalStateException("planted");
                        },
                        reasons::add))
                .isNotNull();
        happen(1);
        assertThat(reasons.poll(20, TimeUnit.SECONDS)).hasMessage("planted");
    }

    @Test
    void anInterruptThatAListenerLeavesEndsNothing() throws Exception {
        assertThat(follow(0, event -> Thread.currentThread().interrupt())).isNotNull();
        assertThat(follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(1);
        assertThat(hear(1)).containsExactly(1L);
        happen(1);
        assertThat(hear(1)).containsExactly(2L);
    }

    /** A disk that fails some times, once it has been asked for the first event. */
    private static final class Flaky implements KeptEvents {
        private final KeptEvents real;
        private int failures;
        private boolean asked;

        Flaky(KeptEvents real, int failures) {
            this.real = real;
            this.failures = failures;
        }

        @Override
        public synchronized List<NumberedEvent> eventsAfter(long since, int limit) {
            if (asked && failures-- > 0) throw new HostException(Kind.DISK_FAILED, "planted");
            asked = true;
            return real.eventsAfter(since, limit);
        }

        @Override
        public long lastEvent() {
            return real.lastEvent();
        }
    }

    private Subscription follow(long since, Consumer<NumberedEvent> listener) {
        return archive.feed.follow(since, listener, why -> {});
    }

    /** Makes events durable and waits until they are. */
    private void happen(int count) throws InterruptedException {
        LinkedBlockingQueue<String> durable = new LinkedBlockingQueue<>();
        for (int i = 0; i < count; i++) {
            PeerId peer = new PeerId(new Key(emitted++, 0, 0, 0, 0, 0, 0, 0));
            archive.store.emit(new Event.Reached(peer, null, Event.Reach.DIRECT, null));
        }
        archive.store.sync(() -> durable.add("durable"));
        archive.store.closeBatch(1, null);
        assertThat(durable.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    private List<Long> hear(int count) throws InterruptedException {
        List<Long> numbers = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            Long number = heard.poll(20, TimeUnit.SECONDS);
            assertThat(number).as("event within 20 s").isNotNull();
            numbers.add(number);
        }
        return numbers;
    }
}
