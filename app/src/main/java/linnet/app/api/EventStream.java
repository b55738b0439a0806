package linnet.app.api;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import linnet.app.json.Json;
import linnet.jvm.HostException;
import linnet.jvm.NumberedEvent;

/**
 * One WebSocket that follows the events: one object per message, from a number on. It reads on only while the socket takes more, so a
 * slow listener costs no memory.
 */
final class EventStream {
    /** Events read at once. */
    private static final int BATCH = 100;

    /** WebSocket's close code for a private meaning, here: events were dropped already. */
    private static final short GONE = 4410;

    private static final short FAILED = 1011;

    /** A stream may be quiet for hours; half of the time after which the server closes a connection that says nothing. */
    private static final long PING_MILLIS = 60_000;

    private final ServerWebSocket socket;
    private final NodeCalls calls;
    private final EventFeed feed;
    private final Context loop;
    private final Runnable wake = this::wake;
    private long since;
    private boolean reading;
    private boolean again;
    private boolean closed;

    EventStream(ServerWebSocket socket, NodeCalls calls, EventFeed feed, Context loop, long since) {
        this.socket = socket;
        this.calls = calls;
        this.feed = feed;
        this.loop = loop;
        this.since = since;
    }

    void run() {
        long pings = loop.owner().setPeriodic(PING_MILLIS, timer -> socket.writePing(Buffer.buffer()));
        socket.closeHandler(nothing -> {
            closed = true;
            loop.owner().cancelTimer(pings);
            feed.forget(wake);
        });
        socket.drainHandler(nothing -> read());
        read();
    }

    private void wake() {
        read();
    }

    private void read() {
        if (closed || socket.writeQueueFull()) return;
        again = reading;
        if (reading) return;
        reading = true;
        feed.forget(wake);
        feed.onNext(wake);
        calls.eventsAfter(since, BATCH)
                .onComplete(done -> loop.runOnContext(nothing -> {
                    reading = false;
                    if (done.failed()) fail(done.cause());
                    else write(done.result());
                }));
    }

    private void write(List<NumberedEvent> events) {
        if (closed) return;
        for (NumberedEvent event : events) {
            socket.writeTextMessage(Json.write(ApiObjects.event(event)));
            since = event.number();
        }
        if (again || events.size() == BATCH) read();
    }

    private void fail(Throwable why) {
        if (closed) return;
        boolean gone = why instanceof HostException host && host.kind() == HostException.Kind.EVENTS_GONE;
        socket.close(gone ? GONE : FAILED, gone ? HostException.Kind.EVENTS_GONE.name() : "INTERNAL");
    }
}
