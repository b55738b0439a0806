package linnet.bench.crash;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import org.jspecify.annotations.Nullable;

/** One thread that writes numbers, and one that reads them from the other node's events. Both live through every crash. */
final class Traffic {
    private static final long PAUSE_MILLIS = 5;
    private static final long WAIT_MILLIS = 2_000;

    /** Messages that may be on their way before the writer waits for the reader. Far below the outbox' bound. */
    private static final int AHEAD_MAX = 500;

    private final Victim sender;
    private final Victim receiver;
    private final String receiverUser;
    private final Ledger ledger;
    private volatile boolean writing = true;
    private volatile boolean reading = true;
    private volatile @Nullable Throwable broken;
    private final Thread writer = new Thread(() -> guarded(this::write), "crashtest-writer");
    private final Thread reader = new Thread(() -> guarded(this::read), "crashtest-reader");

    Traffic(Victim sender, Victim receiver, String receiverUser, Ledger ledger) {
        this.sender = sender;
        this.receiver = receiver;
        this.receiverUser = receiverUser;
        this.ledger = ledger;
        writer.setDaemon(true);
        reader.setDaemon(true);
    }

    void start() {
        writer.start();
        reader.start();
    }

    /** Sends nothing more. */
    void stopWriting() throws InterruptedException {
        writing = false;
        writer.join();
    }

    void stopReading() throws InterruptedException {
        reading = false;
        reader.join();
    }

    /** Throws what went wrong in one of the threads. */
    void check() {
        Throwable fault = broken;
        if (fault != null) throw new IllegalStateException(fault.getMessage(), fault);
    }

    private void write() throws InterruptedException {
        for (int number = 1; writing; number++) {
            ApiClient api = sender.api();
            while (writing && (api == null || ledger.missing() > AHEAD_MAX)) {
                Thread.sleep(PAUSE_MILLIS);
                api = sender.api();
            }
            if (api != null && writing) send(api, number);
        }
    }

    private void send(ApiClient api, int number) {
        ledger.onSend(number);
        boolean taken = false;
        try {
            api.post("conversations/" + receiverUser + "/messages", Map.of("text", Integer.toString(number)));
            taken = true;
        } catch (ApiProblem refused) {
            // Stopping, or the queue is full: nothing was promised.
        } catch (IOException died) {
            // Nobody knows whether it was taken in.
        } finally {
            ledger.onAnswer(number, taken);
        }
    }

    private void read() throws InterruptedException {
        long since = 0;
        while (reading) {
            ApiClient api = receiver.api();
            try {
                if (api == null) Thread.sleep(PAUSE_MILLIS);
                else since = read(api, since);
            } catch (ApiProblem | IOException died) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private long read(ApiClient api, long since) throws IOException, ApiProblem {
        List<Map<String, @Nullable Object>> events = api.events(since, WAIT_MILLIS);
        long last = since;
        for (Map<String, @Nullable Object> event : events) {
            last = ((Number) event.get("seq")).longValue();
            if (!"received".equals(event.get("type"))) continue;
            Map<?, ?> data = (Map<?, ?>) event.get("data");
            ledger.onShown(Integer.parseInt(String.valueOf(data.get("text"))), last);
        }
        return last;
    }

    private void guarded(Loop loop) {
        try {
            loop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            broken = e;
        }
    }

    private interface Loop {
        void run() throws InterruptedException;
    }
}
