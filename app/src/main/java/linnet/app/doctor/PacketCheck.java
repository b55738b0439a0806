package linnet.app.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Arrays;
import linnet.core.env.Failure;

/** Whether packets come in at an address: a node tells whoever speaks of a session that it does not have (docs/protocol/datagram.md). */
final class PacketCheck {
    private static final int TRIES = 3;
    private static final int WAIT_MILLIS = 700;
    private static final int SEALED = 0xf3;
    private static final int GONE = 0xf4;
    private static final int HEADER_BYTES = 9;
    private static final int TAG_BYTES = 16;

    private PacketCheck() {}

    /** Returns what there is to say of {@code udp://host:port}. */
    static Finding of(String address) {
        String check = "address " + address;
        byte[] asked = new byte[HEADER_BYTES + TAG_BYTES];
        Arrays.fill(asked, 1, HEADER_BYTES, (byte) 1);
        asked[0] = (byte) SEALED;
        try (DatagramSocket socket = new DatagramSocket()) {
            URI uri = URI.create(address);
            InetAddress host = InetAddress.getByName(uri.getHost());
            socket.setSoTimeout(WAIT_MILLIS);
            for (int i = 0; i < TRIES; i++) {
                socket.send(new DatagramPacket(asked, asked.length, host, uri.getPort()));
                if (answers(socket)) return Finding.well(check, "reached, and it answers packets");
            }
            return Finding.weak(
                    check,
                    "no packet came back",
                    "A firewall may drop UDP; questions of the network take links then, which is slower.");
        } catch (IOException e) {
            return Finding.broken(
                    check,
                    Failure.Code.NOT_LISTENING,
                    "no packet can be sent there: " + e.getMessage(),
                    "Check 'listen' and 'advertise' of config.yaml.");
        } catch (IllegalArgumentException e) {
            return Finding.broken(check, Failure.Code.MALFORMED, "it is no address", "Check 'advertise'.");
        }
    }

    private static boolean answers(DatagramSocket socket) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[HEADER_BYTES + 1], HEADER_BYTES + 1);
        try {
            socket.receive(answer);
        } catch (SocketTimeoutException lost) {
            return false;
        }
        return answer.getLength() == HEADER_BYTES && (answer.getData()[0] & 0xff) == GONE;
    }
}
