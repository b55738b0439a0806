package linnet.sim.host;

import linnet.core.env.Chance;
import linnet.core.env.Datagrams;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;

/** Packets of one host: each is lost, doubled, delayed or changed as the weather wants, and whoever sent it hears nothing of that. */
final class Packets implements Datagrams {
    private static final String SCHEME = "udp://h";
    private static final String PORT = ":1";

    /** Where a packet comes from that is sent aside. */
    private static final String PORT_ASIDE = ":2";

    private final Network network;
    private final SimHost host;
    private final Chance chance;

    Packets(Network network, SimHost host, Chance chance) {
        this.network = network;
        this.host = host;
        this.chance = chance;
    }

    /** Returns where packets reach a host that is at {@code place}. */
    static Endpoint endpoint(int place) {
        return new Endpoint(SCHEME + place + PORT);
    }

    @Override
    public boolean canSend(Endpoint to) {
        return placeOf(to) >= 0;
    }

    @Override
    public void send(Endpoint to, Bytes packet) {
        send(endpoint(host.place()), to, packet);
    }

    @Override
    public void sendAside(Endpoint to, Bytes packet) {
        send(new Endpoint(SCHEME + host.place() + PORT_ASIDE), to, packet);
    }

    private void send(Endpoint from, Endpoint to, Bytes packet) {
        if (packet.length() > PACKET_BYTES_MAX)
            throw new IllegalArgumentException("a packet of " + packet.length() + " B");
        int place = placeOf(to);
        int copies = chance.happens(network.weather().doubled()) ? 2 : 1;
        for (int i = 0; i < copies; i++) network.packet(host, from, place, packet, chance);
    }

    private static int placeOf(Endpoint endpoint) {
        String uri = endpoint.uri();
        if (!uri.startsWith(SCHEME) || uri.charAt(uri.length() - 2) != ':') return -1;
        return Network.number(uri, SCHEME.length(), uri.length() - 2);
    }
}
