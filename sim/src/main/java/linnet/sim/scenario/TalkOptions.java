package linnet.sim.scenario;

import java.util.EnumSet;
import java.util.Set;
import linnet.sim.fault.Fault;

/**
 * How large a run of {@code talk} is.
 *
 * @param peers how many people, 2 to 1,000; 30 is what the figures mean
 * @param minutes simulated minutes with faults, from 1; a minute of calm follows
 * @param sends messages that are sent, from 0
 * @param without faults that are left out
 * @param crypto which primitives
 */
public record TalkOptions(int peers, int minutes, int sends, Set<Fault> without, CryptoChoice crypto) {
    /** The most people. */
    public static final int PEERS_MAX = 1_000;

    /** Checks the ranges. */
    public TalkOptions {
        if (peers < 2 || peers > PEERS_MAX)
            throw new IllegalArgumentException("peers: " + peers + ", allowed are 2 to " + PEERS_MAX);
        if (minutes < 1 || minutes > 10_000)
            throw new IllegalArgumentException("minutes: " + minutes + ", allowed are 1 to 10000");
        if (sends < 0 || sends > 1_000_000)
            throw new IllegalArgumentException("sends: " + sends + ", allowed are 0 to 1000000");
        Set<Fault> own = EnumSet.noneOf(Fault.class);
        own.addAll(without);
        without = own;
    }

    /** Returns what the figures are made with: 30 people, 30 minutes, 300 messages, every fault. */
    public static TalkOptions defaults() {
        return new TalkOptions(30, 30, 300, EnumSet.noneOf(Fault.class), CryptoChoice.BY_SEED);
    }

    /** Returns the same with another number of people. */
    public TalkOptions withPeers(int count) {
        return new TalkOptions(count, minutes, sends, without, crypto);
    }

    /** Returns the same for another time. */
    public TalkOptions withMinutes(int count) {
        return new TalkOptions(peers, count, sends, without, crypto);
    }

    /** Returns the same with another number of messages. */
    public TalkOptions withSends(int count) {
        return new TalkOptions(peers, minutes, count, without, crypto);
    }

    /** Returns the same with one kind of fault less. */
    public TalkOptions without(Fault fault) {
        Set<Fault> more = EnumSet.of(fault);
        more.addAll(without);
        return new TalkOptions(peers, minutes, sends, more, crypto);
    }

    /** Returns the same with other primitives. */
    public TalkOptions withCrypto(CryptoChoice choice) {
        return new TalkOptions(peers, minutes, sends, without, choice);
    }

    /** Returns the command that replays a seed with these options. */
    public String command(long seed) {
        StringBuilder text = new StringBuilder("linnet sim talk --seed " + seed + " --seeds 1 --peers " + peers);
        TalkOptions usual = defaults();
        if (minutes != usual.minutes) text.append(" --minutes ").append(minutes);
        if (sends != usual.sends) text.append(" --sends ").append(sends);
        if (crypto != CryptoChoice.BY_SEED) text.append(" --crypto ").append(crypto.word());
        if (!without.isEmpty()) {
            text.append(" --without ");
            String comma = "";
            for (Fault fault : without) {
                text.append(comma).append(fault.word());
                comma = ",";
            }
        }
        return text.toString();
    }

    /** Which primitives a run uses. */
    public enum CryptoChoice {
        /** One seed in ten, those that end in 0, uses real crypto. */
        BY_SEED,
        /** Size-faithful and quick, see {@code FastCrypto}. */
        FAST,
        /** What people use. */
        REAL;

        /** One seed in this many uses real crypto. */
        private static final int REAL_EVERY = 10;

        /** Returns the name on the command line. */
        public String word() {
            return this == BY_SEED ? "by-seed" : this == FAST ? "fast" : "real";
        }

        /** Returns whether a seed runs with real crypto. */
        public boolean isReal(long seed) {
            return this == REAL || (this == BY_SEED && Math.floorMod(seed, (long) REAL_EVERY) == 0);
        }
    }
}
