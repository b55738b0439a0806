package linnet.jvm.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;

/** A listener that notes what it hears, in words, for a test to wait on. */
final class Ear implements Channel.Listener {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    volatile Channel channel;

    @Override
    public void onOpen(Channel opened) {
        channel = opened;
        heard.add("open");
    }

    @Override
    public void onBytes(Bytes bytes) {
        heard.add(bytes.length() > 100 ? "bytes " + bytes.length() : "bytes " + bytes.text());
    }

    @Override
    public void onRoom() {
        heard.add("room");
    }

    @Override
    public void onClosed(Failure why) {
        heard.add("closed " + why.code() + ": " + why.detail());
    }

    /** Waits for the next thing that it hears. */
    String next() {
        try {
            String next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("heard within 20 s").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean heardNothingMore() {
        return heard.isEmpty();
    }
}
