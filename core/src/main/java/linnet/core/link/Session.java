package linnet.core.link;

import linnet.core.crypto.NoiseIK;
import linnet.core.crypto.PacketCipher;
import linnet.core.env.Datagrams;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.Packet;
import linnet.core.wire.PacketCodec;
import org.jspecify.annotations.Nullable;

/**
 * What two peers keep of a handshake over packets so that the next question costs nothing but itself: two keys, two numbers and an address.
 * Small, because there are many; cheap to lose, because a new handshake costs no extra round trip.
 */
final class Session {
    /** A session that is older makes room for new keys: an hour, as the handshakes of links are meant to. */
    static final int AGE_MILLIS_MAX = 60 * 60 * 1000;

    /** Packets of one direction. Far below the limits of AES-GCM; the session ends, a new one takes its place. */
    static final int PACKETS_MAX = 1 << 20;

    private final int local;
    private final int remote;
    private final Rpc.Asker asker;
    private final Endpoint address;
    private final PacketCipher sends;
    private final PacketCipher opens;
    private final long bornMillis;
    private final ReplayWindow window = new ReplayWindow();
    private final RoundTrip trip = new RoundTrip();
    private int sent;

    /**
     * Creates a session out of a handshake that is done.
     *
     * @param local what this side calls it
     * @param remote what the other side calls it
     * @param asker the other side, when it asks
     * @param address where the other side was heard
     */
    Session(int local, int remote, Rpc.Asker asker, Endpoint address, NoiseIK noise, long nowMillis) {
        this.local = local;
        this.remote = remote;
        this.asker = asker;
        this.address = address;
        this.sends = noise.cipherToSend();
        this.opens = noise.cipherToReceive();
        this.bornMillis = nowMillis;
    }

    int local() {
        return local;
    }

    int remote() {
        return remote;
    }

    PeerId peer() {
        return asker.where().peer();
    }

    Endpoint address() {
        return address;
    }

    Rpc.Asker asker() {
        return asker;
    }

    RoundTrip trip() {
        return trip;
    }

    /** Returns how many packets this side has sent. */
    int sent() {
        return sent;
    }

    /** Returns whether it is time for another one. */
    boolean isWorn(long nowMillis) {
        return sent >= PACKETS_MAX || nowMillis - bornMillis >= AGE_MILLIS_MAX;
    }

    /** Returns the next packet, with this content. */
    Bytes seal(Packet content) {
        Bytes header = PacketForm.header(PacketForm.SEALED, remote, sent);
        Bytes sealed = sends.seal(sent, header, PacketCodec.encode(content));
        sent++;
        Bytes packet = Bytes.concat(header, sealed);
        if (packet.length() > Datagrams.PACKET_BYTES_MAX)
            throw new IllegalArgumentException("packet of " + packet.length() + " B");
        return packet;
    }

    /**
     * Opens a packet of this session. One that was changed or came before is a violation, {@code TAMPERED}.
     *
     * @return what it says, or null for what only a newer program knows
     */
    @Nullable
    Packet open(Bytes packet) {
        int number = PacketForm.number(packet);
        if (number < 0 || !window.isNew(number))
            throw new ProtocolViolation(Failure.Code.TAMPERED, "a packet that came before");
        Bytes header = packet.slice(0, PacketForm.SEALED_HEADER_BYTES);
        Bytes plain = opens.open(number, header, packet.slice(PacketForm.SEALED_HEADER_BYTES, packet.length()));
        window.note(number);
        return PacketCodec.decode(plain);
    }
}
