package linnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
    @Test
    void theLeastRecentlyUsedStreamMakesRoom() {
        Window window = new Window();
        for (long id = 1; id <= Window.STREAMS_MAX; id++) window.begin(id);
        window.use(1);
        assertThat(window.last().id()).isEqualTo(2);
        window.begin(5);
        assertThat(window.use(2)).isNull();
        assertThat(window.use(1)).isNotNull();
    }

    @Test
    void nothingIsReplacedWhileThereIsRoom() {
        Window window = new Window();
        window.begin(1);
        assertThat(window.last()).isNull();
    }

    @Test
    void whatIsStoredIsReadBack() {
        Window window = new Window();
        window.begin(-1).passTo(7);
        window.begin(0).show(1);
        Window read = Window.decode(window.encode());
        assertThat(read.encode()).isEqualTo(window.encode());
        assertThat(read.peek(-1).next()).isEqualTo(7);
        assertThat(read.peek(0).next()).isEqualTo(2);
    }
}
