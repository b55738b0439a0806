package linnet.sim.dht;

import linnet.core.id.AddressGroup;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of hosts that were read from their addresses lately, because everybody speaks of a host by the same object, and reading the address
 * follows four pointers for every question. Each object has one place and the one beside it; who comes there later takes it.
 */
final class HostNumbers {
    private final @Nullable Whereabouts[] wheres;
    private final int[] numbers;

    /** Remembers at most so many, a power of two. */
    HostNumbers(int places) {
        wheres = new Whereabouts[places];
        numbers = new int[places];
    }

    /** Returns the number of the host that is said to be there, or -1. */
    @SuppressWarnings("ReferenceEquality") // an equal one is read again; to compare would cost what is saved here
    int of(Whereabouts where) {
        if (where.addressGroup() == AddressGroup.NONE) return -1;
        int place = place(where);
        if (wheres[place] == where) return numbers[place];
        int other = place ^ 1;
        if (wheres[other] == where) return numbers[other];
        int number = Addresses.number(where.endpoints().get(0));
        wheres[other] = wheres[place];
        numbers[other] = numbers[place];
        wheres[place] = where;
        numbers[place] = number;
        return number;
    }

    /** A host left: nobody keeps its object for this. */
    @SuppressWarnings("ReferenceEquality") // as above
    void forget(Whereabouts where) {
        int place = place(where);
        if (wheres[place] == where) wheres[place] = null;
        if (wheres[place ^ 1] == where) wheres[place ^ 1] = null;
    }

    private int place(Whereabouts where) {
        return where.prefix() & wheres.length - 1;
    }
}
