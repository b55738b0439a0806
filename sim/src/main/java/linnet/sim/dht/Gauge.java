package linnet.sim.dht;

/** What a scenario cannot know of itself, because it has no clock and no machine: whoever runs it measures. */
public interface Gauge {
    /** Returns the processor time of the simulating thread in nanoseconds, since some moment. */
    long cpuNanos();

    /** Returns the real time in nanoseconds, since some moment. */
    long realNanos();

    /** Returns the bytes of the heap in use after a full collection. */
    long heapBytes();

    /** Hears a line of progress. */
    void say(String line);

    /** Measures nothing: for tests, where figures of the machine do not matter. */
    Gauge NONE = new Gauge() {
        @Override
        public long cpuNanos() {
            return 0;
        }

        @Override
        public long realNanos() {
            return 0;
        }

        @Override
        public long heapBytes() {
            return 0;
        }

        @Override
        public void say(String line) {}
    };
}
