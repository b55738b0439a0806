package linnet.core.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntSupplier;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/** A few nodes, channels between them, and one virtual clock: nothing happens but in {@link #run}. */
final class TestNet {
    static final int LATENCY_MILLIS = 20;

    /** What happens to the messages of a channel on their way. */
    interface Road {
        /**
         * Returns what arrives instead of one message.
         *
         * @param fromDialler the direction
         * @param index of the message in this direction of this channel, from 0
         */
        List<Bytes> carry(boolean fromDialler, int index, Bytes message);
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final List<Station> stations = new ArrayList<>();
    private final List<Channel.Listener> rogues = new ArrayList<>();
    private long nowMillis = 1_000_000;
    private long tasksMade;

    Road road = (fromDialler, index, message) -> List.of(message);

    /** Drawn once for each channel: two channels between the same hosts may take different ways. */
    IntSupplier latencyMillis = () -> LATENCY_MILLIS;

    int highWaterBytes = 1 << 20;

    /** All channels ever made, in order. */
    final List<Pipe> pipes = new ArrayList<>();

    long nowMillis() {
        return nowMillis;
    }

    int join(Station station) {
        stations.add(station);
        return stations.size() - 1;
    }

    /** Lets a hostile host be dialled. */
    Endpoint join(Channel.Listener rogue) {
        rogues.add(rogue);
        return new Endpoint("rogue:" + (rogues.size() - 1));
    }

    /** Lets time pass. */
    void run(long millis) {
        long end = nowMillis + millis;
        for (Task next = tasks.peek(); next != null && next.atMillis <= end; next = tasks.peek()) {
            tasks.remove();
            nowMillis = next.atMillis;
            if (!next.cancelled) next.what.run();
        }
        nowMillis = end;
    }

    Timer after(long millis, Runnable what) {
        Task task = new Task(nowMillis + millis, tasksMade++, what);
        tasks.add(task);
        return () -> task.cancelled = true;
    }

    /** Dials as a host does: {@code mem:} and a station's number, {@code rogue:}, or {@code hole:} where nobody ever answers. */
    void dial(String address, Endpoint endpoint, Channel.Listener dialler) {
        String uri = endpoint.uri();
        if (uri.startsWith("hole:")) return;
        int index = Integer.parseInt(uri.substring(uri.indexOf(':') + 1));
        int latency = latencyMillis.getAsInt();
        after(2L * latency, () -> {
            Channel.Listener answerer;
            if (uri.startsWith("rogue:")) {
                answerer = rogues.get(index);
            } else if (index >= stations.size() || !stations.get(index).isListening) {
                dialler.onClosed(new Failure(Code.NOT_LISTENING));
                return;
            } else {
                Result<Channel.Listener> answer = stations.get(index).pool().incoming(address);
                if (answer instanceof Result.No<Channel.Listener> no) {
                    dialler.onClosed(no.why());
                    return;
                }
                answerer = ((Result.Ok<Channel.Listener>) answer).value();
            }
            Pipe pipe = new Pipe(dialler, answerer, latency);
            pipes.add(pipe);
            answerer.onOpen(pipe.answerer);
            dialler.onOpen(pipe.dialler);
        });
    }

    private static final class Task implements Comparable<Task> {
        private final long atMillis;
        private final long number;
        private final Runnable what;
        private boolean cancelled;

        Task(long atMillis, long number, Runnable what) {
            this.atMillis = atMillis;
            this.number = number;
            this.what = what;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** One channel. */
    final class Pipe {
        final End dialler;
        final End answerer;

        Pipe(Channel.Listener dialler, Channel.Listener answerer, int latencyMillis) {
            this.dialler = new End(dialler, true, latencyMillis);
            this.answerer = new End(answerer, false, latencyMillis);
            this.dialler.far = this.answerer;
            this.answerer.far = this.dialler;
        }
    }

    /** One end of a channel. */
    final class End implements Channel {
        private final Listener listener;
        private final boolean isDialler;
        private final int latencyMillis;
        private final ArrayDeque<Bytes> unread = new ArrayDeque<>();
        private End far = this;
        private int sent;
        private int queuedBytes;
        private boolean wantsRoom;
        private boolean reads = true;
        private boolean dead;

        boolean closed;

        End(Listener listener, boolean isDialler, int latencyMillis) {
            this.listener = listener;
            this.isDialler = isDialler;
            this.latencyMillis = latencyMillis;
        }

        @Override
        public boolean send(Bytes bytes) {
            if (bytes.length() > MESSAGE_BYTES_MAX) throw new IllegalArgumentException(bytes.toString());
            if (closed) return false;
            if (queuedBytes >= highWaterBytes) {
                wantsRoom = true;
                return false;
            }
            queuedBytes += bytes.length();
            List<Bytes> carried = road.carry(isDialler, sent++, bytes);
            after(latencyMillis, () -> {
                if (dead) return;
                if (carried.isEmpty()) left(bytes.length());
                for (int i = 0; i < carried.size(); i++) far.arrive(carried.get(i), i == 0 ? bytes.length() : 0);
            });
            return true;
        }

        @Override
        public int queuedBytes() {
            return queuedBytes;
        }

        @Override
        public void close(Failure why) {
            if (closed) return;
            closed = true;
            after(latencyMillis, () -> {
                if (!dead) far.end(why);
            });
        }

        Listener listener() {
            return listener;
        }

        /** Returns how many messages this end has sent. */
        int sent() {
            return sent;
        }

        /** The wire breaks and only this end notices. */
        void breaks() {
            dead = true;
            far.dead = true;
            after(0, () -> end(new Failure(Code.PEER_DISCONNECTED)));
        }

        /** The wire breaks and no end notices. */
        void goesSilent() {
            dead = true;
            far.dead = true;
        }

        /** This end's process stops reading, or goes on. */
        void reads(boolean reads) {
            this.reads = reads;
            while (this.reads && !unread.isEmpty()) {
                Bytes bytes = unread.remove();
                far.left(bytes.length());
                hear(bytes);
            }
        }

        /** This end's process reads one message, however slow it is. */
        void readsOne() {
            Bytes bytes = unread.poll();
            if (bytes == null) return;
            far.left(bytes.length());
            hear(bytes);
        }

        private void arrive(Bytes bytes, int length) {
            if (!reads) {
                unread.add(bytes);
                return;
            }
            far.left(length);
            hear(bytes);
        }

        private void hear(Bytes bytes) {
            if (!closed) listener.onBytes(bytes);
        }

        private void left(int bytes) {
            queuedBytes -= bytes;
            if (!wantsRoom || queuedBytes >= highWaterBytes / 2) return;
            wantsRoom = false;
            after(0, () -> {
                if (!closed) listener.onRoom();
            });
        }

        private void end(Failure why) {
            if (closed) return;
            closed = true;
            listener.onClosed(why);
        }
    }
}
