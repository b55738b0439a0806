package linnet.jvm.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import linnet.core.env.Failure.Code;
import linnet.core.id.Bytes;
import linnet.jvm.JvmConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything wrong that can come to the port: each gets its code or words, and the next visitor is served. */
class BadInputTest {
    private static final int TOO_LARGE = 4_000 + Code.TOO_LARGE.number();
    private static final int MALFORMED = 4_000 + Code.MALFORMED.number();

    private final Host server = Host.listening(JvmConfig.defaults());

    @AfterEach
    void theNextVisitorIsServed() {
        try (Host client = new Host(JvmConfig.defaults())) {
            Ear dialled = client.dial(server.endpoint());
            assertThat(dialled.next()).isEqualTo("open");
            client.send(dialled, Bytes.utf8("hello"));
            assertThat(server.accepted().next()).isEqualTo("bytes hello");
        }
        server.close();
    }

    @Test
    void aMessageThatIsTooLong() throws Exception {
        breaksTheRules(raw -> raw.frame(0x82, 65_536), TOO_LARGE, "closed TOO_LARGE");
    }

    @Test
    void aMessageInPartsThatIsTooLong() throws Exception {
        breaksTheRules(
                raw -> {
                    raw.frame(0x02, 40_000);
                    raw.frame(0x80, 40_000);
                },
                TOO_LARGE,
                "closed TOO_LARGE");
    }

    @Test
    void aTextMessage() throws Exception {
        breaksTheRules(raw -> raw.frame(0x81, 200), MALFORMED, "closed MALFORMED");
    }

    @Test
    void anEmptyMessage() throws Exception {
        breaksTheRules(raw -> raw.frame(0x82, 0), MALFORMED, "closed MALFORMED");
    }

    @Test
    void aFrameWithoutAMask() throws Exception {
        breaksTheRules(raw -> raw.write(new byte[] {(byte) 0x82, 1, 7}), MALFORMED, "closed MALFORMED");
    }

    @Test
    void aFrameOfNoKnownKind() throws Exception {
        breaksTheRules(raw -> raw.frame(0x83, 1), MALFORMED, "closed MALFORMED");
    }

    @Test
    void aFrameWithReservedBits() throws Exception {
        breaksTheRules(raw -> raw.frame(0xC2, 1), MALFORMED, "closed MALFORMED");
    }

    @Test
    void aPartWithoutABeginning() throws Exception {
        breaksTheRules(raw -> raw.frame(0x80, 1), MALFORMED, "closed MALFORMED");
    }

    @Test
    void aConnectionThatIsCutInTheMiddleOfAFrame() throws Exception {
        try (RawSocket raw = RawSocket.upgraded(server.port())) {
            Ear ear = server.accepted();
            raw.write(new byte[] {(byte) 0x82, (byte) 0xfe, 1});
            raw.cut();
            assertThat(ear.next()).startsWith("closed PEER_DISCONNECTED");
        }
    }

    @Test
    void aStrangeCloseCode() throws Exception {
        try (RawSocket raw = RawSocket.upgraded(server.port())) {
            Ear ear = server.accepted();
            raw.write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x13, (byte) 0x87});
            assertThat(ear.next()).startsWith("closed ");
        }
    }

    @Test
    void requestsThatAreNoUpgrade() throws Exception {
        assertThat(answer(raw -> raw.request("/linnet", "other.1"))).contains(" 400 ");
        assertThat(answer(raw -> raw.request("/linnet", ""))).contains(" 400 ");
        assertThat(answer(raw -> raw.request("/elsewhere", "linnet.1"))).contains(" 404 ");
        assertThat(answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).contains(" 404 ");
        assertThat(answer("GET /linnet HTTP/1.1\r\nHost: x\r\n\r\n")).contains(" 426 ");
        assertThat(answer("POST /linnet HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"))
                .contains(" 426 ");
        assertThat(answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"))
                .contains(" 413 ");
        assertThat(answer("NONSENSE\r\n\r\n")).contains(" 400 ");
        assertThat(answer("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n")).containsPattern(" 4\\d\\d ");
        assertThat(answer("GET /linnet HTTP/1.1\r\nA: " + "a".repeat(20_000) + "\r\n\r\n"))
                .containsPattern(" 4\\d\\d ");
    }

    @Test
    void aHandshakeOfAnotherProtocol() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3, '\n', '\n'});
            raw.write(new byte[20_000]);
            assertThat(raw.answer()).matches("HTTP/1.1 4\\d\\d .*|");
        }
    }

    @Test
    void pingsWithoutEndByOneWhoReadsNoAnswer() throws Exception {
        int thousands = 400;
        try (RawSocket raw = RawSocket.upgraded(server.port())) {
            Ear ear = server.accepted();
            byte[] pings = new byte[1_000 * 131];
            for (int at = 0; at < pings.length; at += 131) {
                pings[at] = (byte) 0x89;
                pings[at + 1] = (byte) (0x80 | 125);
            }
            for (int i = 0; i < thousands; i++) raw.write(pings);
            raw.frame(0x81, 200);
            assertThat(ear.next()).startsWith("closed MALFORMED");
            assertThat(raw.framesUntilCut())
                    .as("answers that were kept for one who does not read, 127 B each")
                    .isLessThan(thousands * 1_000 / 2);
        }
    }

    private interface Rudeness {
        void to(RawSocket raw) throws IOException;
    }

    private interface Question {
        String to(RawSocket raw) throws IOException;
    }

    private void breaksTheRules(Rudeness rudeness, int closeCode, String heard) throws Exception {
        try (RawSocket raw = RawSocket.upgraded(server.port())) {
            Ear ear = server.accepted();
            rudeness.to(raw);
            assertThat(raw.closeCode()).isEqualTo(closeCode);
            assertThat(ear.next()).startsWith(heard);
            assertThat(ear.heardNothingMore()).isTrue();
        }
    }

    private String answer(String request) throws Exception {
        return answer(raw -> {
            raw.write(request);
            return raw.answer();
        });
    }

    private String answer(Question question) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            String answer = question.to(raw);
            return answer;
        }
    }
}
