package linnet.jvm.websocket;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that keeps to no rule: bytes go out as a test writes them. */
public final class RawSocket implements AutoCloseable {
    private static final int BINARY = 0x82;

    private final Socket socket;
    private final DataInputStream in;

    /** Connects. */
    public RawSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects and becomes a WebSocket as the rules are. */
    public static RawSocket upgraded(int port) throws IOException {
        RawSocket raw = new RawSocket(port);
        String status = raw.request("/linnet", "linnet.1");
        if (!status.equals("HTTP/1.1 101 Switching Protocols")) throw new IOException(status);
        return raw;
    }

    /** Asks for an upgrade and returns the first line of the answer. */
    public String request(String path, String subprotocol) throws IOException {
        write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n") + "\r\n");
        return answer();
    }

    /** Returns the first line of an HTTP answer and reads its headers. */
    public String answer() throws IOException {
        String first = line();
        String next = first;
        while (!next.isEmpty()) next = line();
        return first;
    }

    /** Writes characters. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes bytes. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Writes a masked frame (the mask is zero) whose length takes 16 or 64 bits. */
    public void frame(int first, int length) throws IOException {
        byte[] head = length <= 65_535
                ? new byte[] {(byte) first, (byte) (0x80 | 126), (byte) (length >> 8), (byte) length, 0, 0, 0, 0}
                : new byte[] {
                    (byte) first,
                    (byte) (0x80 | 127),
                    0,
                    0,
                    0,
                    0,
                    (byte) (length >> 24),
                    (byte) (length >> 16),
                    (byte) (length >> 8),
                    (byte) length,
                    0,
                    0,
                    0,
                    0
                };
        write(head);
        write(new byte[length]);
    }

    /** Writes a binary message. */
    public void binary(byte[] message) throws IOException {
        write(new byte[] {
            (byte) BINARY, (byte) (0x80 | 126), (byte) (message.length >> 8), (byte) message.length, 0, 0, 0, 0
        });
        write(message);
    }

    /** Reads until a close frame comes and returns its code; -1 if the connection is cut without one. */
    public int closeCode() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) return -1;
            int length = in.read() & 0x7f;
            if (length == 126) length = in.readUnsignedShort();
            byte[] payload = new byte[length];
            in.readFully(payload);
            if ((first & 0x0f) == 8) return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    /** Reads small frames to the end and counts them. */
    public int framesUntilCut() throws IOException {
        int frames = 0;
        try {
            while (in.read() >= 0) {
                in.readFully(new byte[in.read() & 0x7f]);
                frames++;
            }
        } catch (SocketException | EOFException cut) {
            return frames;
        }
        return frames;
    }

    /** Ends the connection without a word. */
    public void cut() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) if (c != '\r') line.append((char) c);
        return line.toString();
    }
}
