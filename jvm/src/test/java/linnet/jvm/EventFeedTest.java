package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
        assertThat(archive.feed.follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(500);
        assertThat(hear(3_500))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 3_500).boxed().toList());
    }

    @Test
    void eventsThatAreNotKeptAreSaidToBeGone() throws Exception {
        happen(10_010);
        assertThatThrownBy(() -> archive.feed.follow(9, event -> {}))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EVENTS_GONE));
        assertThat(archive.feed.after(0, 1)).extracting(NumberedEvent::number).containsExactly(11L);
        assertThat(archive.feed.after(10, 1)).extracting(NumberedEvent::number).containsExactly(11L);
    }

    @Test
    void aListenerThatThrowsIsDroppedAndDisturbsNobody() throws Exception {
        assertThat(archive.feed.follow(0, event -> {
                    throw new IllegalStateException("planted");
                }))
                .isNotNull();
        assertThat(archive.feed.follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(3);
        assertThat(hear(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoKnowsMoreThanThereIsHearsWhatComes() throws Exception {
        happen(2);
        assertThat(archive.feed.follow(99, event -> heard.add(event.number()))).isNotNull();
        happen(1);
        assertThat(hear(1)).containsExactly(3L);
    }

    @Test
    void aFollowerWhoLeftHearsNothing() throws Exception {
        JvmNode.Subscription left = archive.feed.follow(0, event -> heard.add(-1L));
        left.close();
        assertThat(archive.feed.follow(0, event -> heard.add(event.number()))).isNotNull();
        happen(2);
        assertThat(hear(2)).containsExactly(1L, 2L);
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
