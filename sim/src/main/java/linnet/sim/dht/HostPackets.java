package linnet.sim.dht;

import linnet.core.env.Chance;
import linnet.core.env.Datagrams;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/** Real packets of one host, through a network that loses, doubles, changes and delays them. */
final class HostPackets implements Datagrams {
    private static final int HELD_BACK_MILLIS_MAX = 400;

    private final DhtHost host;
    private final Weather weather;
    private final Chance chance;

    /**
     * What happens to packets.
     *
     * @param doubled share that arrives twice
     * @param heldBack share that later ones overtake
     * @param changed share with one bit changed
     */
    record Weather(double doubled, double heldBack, double changed) {}

    HostPackets(DhtHost host, Weather weather, Chance chance) {
        this.host = host;
        this.weather = weather;
        this.chance = chance;
    }

    @Override
    public boolean canSend(Endpoint to) {
        return Addresses.number(to) >= 0;
    }

    @Override
    public void send(Endpoint to, Bytes packet) {
        if (packet.length() > PACKET_BYTES_MAX)
            throw new IllegalArgumentException("packet of " + packet.length() + " B");
        host.sends(packet.length(), 1, host.world.trail());
        host.onPacketTo(Addresses.number(to), packet);
        int number = Addresses.number(to);
        int copies = chance.happens(weather.doubled) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (!host.world.internet.arrives(host.number, number, 1)) continue;
            int millis = host.world.internet.delayMillis(host.number, number);
            if (chance.happens(weather.heldBack)) millis += chance.below(HELD_BACK_MILLIS_MAX);
            Bytes arriving = chance.happens(weather.changed) ? changed(packet) : packet;
            host.world.plan(new Arrival(host, number, arriving), millis);
        }
    }

    private Bytes changed(Bytes packet) {
        byte[] bytes = packet.toArray();
        bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(8));
        return Bytes.wrap(bytes);
    }

    /** A packet on its way. */
    static final class Arrival extends Due {
        private final DhtHost from;
        private final int to;
        private final Bytes packet;

        Arrival(DhtHost from, int to, Bytes packet) {
            this.from = from;
            this.to = to;
            this.packet = packet;
        }

        int bytes() {
            return packet.length();
        }

        /** The same packet, as if another had sent it. */
        Arrival from(DhtHost other) {
            return new Arrival(other, to, packet);
        }

        @Override
        int what() {
            return to << 2 | 1;
        }

        @Override
        boolean happen() {
            DhtHost host = from.world.host(to);
            if (host == null || !host.isUp() || !host.lets(from.number)) return false;
            host.onPacket(from.where.endpoints().get(0), packet);
            return true;
        }
    }
}
