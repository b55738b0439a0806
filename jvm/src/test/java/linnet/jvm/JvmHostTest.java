package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import linnet.core.env.Channel;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.jvm.websocket.WebSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmHostTest {
    @TempDir
    Path folder;

    private Home home;
    private Archive archive;
    private final Loop loop = new Loop(new LoopTest.Deaf());
    private WebSockets sockets;
    private JvmHost host;

    @BeforeEach
    void open() {
        home = Home.create(folder.resolve("home"), null);
        archive = new Archive(home, Runnable::run, why -> {});
        sockets = new WebSockets(JvmConfig.defaults(), loop.thread(), Runnable::run);
        host = new JvmHost(loop, archive.store, sockets, Datagrams.NONE);
    }

    @AfterEach
    void close() {
        sockets.abandon();
        loop.join(5_000);
        archive.close();
        home.close();
    }

    @Test
    void theAddressOfAnInputIsTakenOnce() {
        host.hearing("192.0.2.1:7", new Listener(bytes -> {})).onBytes(Bytes.EMPTY);
        assertThat(host.takeRemote()).isEqualTo("192.0.2.1:7");
        assertThat(host.takeRemote()).isNull();
    }

    @Test
    void theAddressOfADroppedInputIsNotTheNextOnes() {
        Channel.Listener hears = host.hearing("192.0.2.1:7", new Listener(bytes -> {
            throw new IllegalStateException("planted");
        }));
        assertThatThrownBy(() -> hears.onBytes(Bytes.EMPTY)).hasMessage("planted");
        assertThat(host.takeRemote()).isNull();
    }

    private record Listener(java.util.function.Consumer<Bytes> heard) implements Channel.Listener {
        @Override
        public void onOpen(Channel channel) {}

        @Override
        public void onBytes(Bytes bytes) {
            heard.accept(bytes);
        }

        @Override
        public void onRoom() {}

        @Override
        public void onClosed(Failure why) {}
    }
}
