package linnet.core.message;

import java.util.ArrayList;
import java.util.List;
import linnet.core.id.Bytes;
import linnet.core.wire.Limits;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;

/**
 * Which messages of one stream were shown: all below the next one, except those in gaps that were passed. An exact filter of
 * constant size, for ever (docs/decisions/0011).
 */
final class Sequence {
    /**
     * Gaps remembered. A sender has 64 messages on their way and sends the oldest again first, so no more than 64 can come after
     * later ones. When a gap is forgotten, it is the oldest, of messages that their sender gave up.
     */
    static final int GAPS_MAX = 64;

    private long next = 1;
    private final List<Gap> gaps = new ArrayList<>();

    /**
     * Numbers that were passed and may still come.
     *
     * @param from the first
     * @param to the last
     */
    record Gap(long from, long to) {}

    /** What a number means now. */
    enum Verdict {
        /** The next one: show it. */
        NEXT,
        /** Something before it is missing: hold it. */
        AHEAD,
        /** It fills a passed gap: show it, as late. */
        LATE,
        /** It was shown before. */
        REPEAT
    }

    /** Returns the lowest number that was neither shown nor passed. */
    long next() {
        return next;
    }

    /** Returns the passed gaps, lowest first. */
    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** Says what to do with a message of this number. */
    Verdict judge(long number) {
        if (number < 1 || number > Limits.COUNTER_MAX) throw new IllegalArgumentException("sequence: " + number);
        if (number > next) return Verdict.AHEAD;
        if (number == next) return Verdict.NEXT;
        return gapOf(number) < 0 ? Verdict.REPEAT : Verdict.LATE;
    }

    /** Notes that the message of this number, NEXT or LATE, is shown. */
    void show(long number) {
        if (number == next) {
            next++;
            return;
        }
        int place = gapOf(number);
        if (place < 0) throw new IllegalStateException("shown before, or not to be shown yet: " + number);
        Gap gap = gaps.remove(place);
        if (number < gap.to) gaps.add(place, new Gap(number + 1, gap.to));
        if (gap.from < number) gaps.add(place, new Gap(gap.from, number - 1));
        forget();
    }

    /** Gives up waiting for everything before this number. */
    void passTo(long number) {
        if (number <= next) throw new IllegalStateException("nothing to pass before " + number);
        gaps.add(new Gap(next, number - 1));
        next = number;
        forget();
    }

    /** Returns the form that is stored. */
    Bytes encode() {
        Writer writer = new Writer().uint64(1, next);
        for (Gap gap : gaps)
            writer.item(2, new Writer().uint64(1, gap.from).uint64(2, gap.to).toBytes());
        return writer.toBytes();
    }

    static Sequence decode(Reader reader) {
        Sequence sequence = new Sequence();
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> sequence.next = Reader.positive(reader.uint64(Limits.COUNTER_MAX + 1), "next");
                case 2 ->
                    sequence.gaps.add(
                            gap(reader.repeated(sequence.gaps.size(), GAPS_MAX).message(Integer.MAX_VALUE)));
                default -> reader.skip();
            }
        }
        return sequence;
    }

    private static Gap gap(Reader reader) {
        long from = 0;
        long to = 0;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> from = reader.uint64(Limits.COUNTER_MAX);
                case 2 -> to = reader.uint64(Limits.COUNTER_MAX);
                default -> reader.skip();
            }
        }
        return new Gap(from, to);
    }

    private int gapOf(long number) {
        for (int i = 0; i < gaps.size(); i++) if (number >= gaps.get(i).from && number <= gaps.get(i).to) return i;
        return -1;
    }

    private void forget() {
        while (gaps.size() > GAPS_MAX) gaps.remove(0);
    }
}
