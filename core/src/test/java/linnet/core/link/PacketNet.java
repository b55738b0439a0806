package linnet.core.link;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/** A few hosts that send packets to each other over a network as bad as a test wants it, by the clock of a {@link TestNet}. */
final class PacketNet {
    static final int LATENCY_MILLIS = 20;

    final TestNet clock = new TestNet();

    /** Everything that was sent, in order. */
    final List<Sent> sent = new ArrayList<>();

    /** What happens to packets on their way. */
    Road road = packet -> arrives(packet, LATENCY_MILLIS);

    private final List<PacketStation> stations = new ArrayList<>();

    /** One packet as it was sent. */
    record Sent(Endpoint from, Endpoint to, Bytes packet) {
        int kind() {
            return packet.at(0);
        }
    }

    /** Decides about one packet: lets it arrive once, never, often, late, changed. */
    interface Road {
        void carry(Sent packet);
    }

    int join(PacketStation station) {
        stations.add(station);
        return stations.size() - 1;
    }

    void send(Endpoint from, Endpoint to, Bytes packet) {
        assertPacket(packet);
        Sent one = new Sent(from, to, packet);
        sent.add(one);
        road.carry(one);
    }

    void arrives(Sent packet, int afterMillis) {
        clock.after(afterMillis, () -> {
            for (PacketStation station : stations)
                if (station.address.equals(packet.to) || station.aside.equals(packet.to))
                    station.hear(packet.from, packet.packet);
        });
    }

    void run(long millis) {
        clock.run(millis);
    }

    /** Packets are lost, doubled and overtaken, each with this chance. */
    void isBad(long seed, double share) {
        Chance chance = new Chance(seed);
        road = packet -> {
            if (chance.happens(share)) return;
            arrives(packet, LATENCY_MILLIS + (chance.happens(share) ? chance.below(200) : 0));
            if (chance.happens(share)) arrives(packet, LATENCY_MILLIS + chance.below(400));
        };
    }

    /** Returns the kinds of all packets, in the order in which they were sent. */
    List<Integer> kinds() {
        List<Integer> kinds = new ArrayList<>();
        for (Sent packet : sent) kinds.add(packet.kind());
        return kinds;
    }

    int bytesTo(Endpoint to) {
        int bytes = 0;
        for (Sent packet : sent) if (packet.to.equals(to)) bytes += packet.packet.length();
        return bytes;
    }

    int bytesFrom(Endpoint from) {
        int bytes = 0;
        for (Sent packet : sent) if (packet.from.equals(from)) bytes += packet.packet.length();
        return bytes;
    }

    private static void assertPacket(Bytes packet) {
        if (packet.length() > linnet.core.env.Datagrams.PACKET_BYTES_MAX)
            throw new AssertionError("packet of " + packet.length() + " B");
    }
}
