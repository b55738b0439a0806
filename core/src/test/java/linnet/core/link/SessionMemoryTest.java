package linnet.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.NoiseIK;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.PeerId;
import linnet.core.wire.Whereabouts;
import org.junit.jupiter.api.Test;

/** What a session costs, all that it alone holds: measured on this JVM, printed, and bounded loosely. */
class SessionMemoryTest {
    private static final int SESSIONS = 2_000;
    private static final int BYTES_MAX = 1_024;

    private final Crypto crypto = Station.seeded(1);
    private final KeyPair alice = KeyPair.of(crypto, crypto.random(32));
    private final KeyPair bob = KeyPair.of(crypto, crypto.random(32));

    /** Sessions made ahead of the measurement would hide in it, so keys are shared and each session gets its own ciphers and asker. */
    private Session session(int number) {
        NoiseIK asks = NoiseIK.initiator(crypto, alice, bob.publicKey(), Bytes.EMPTY);
        NoiseIK answers = NoiseIK.responder(crypto, bob, Bytes.EMPTY);
        answers.read(asks.write(Bytes.EMPTY));
        answers.write(Bytes.EMPTY);
        Endpoint address = new Endpoint("udp://192.0.2." + number % 256 + ":" + (1_000 + number));
        Whereabouts where = new Whereabouts(
                new PeerId(new Key(number, 0, 0, 0, 0, 0, 0, 0)), answers.remoteStatic(), List.of(address));
        return new Session(number, number, new Rpc.Asker(where, true), address, answers, 0);
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void isHalfAKilobyte() {
        Sessions table = new Sessions();
        List<Session> all = new ArrayList<>(SESSIONS);
        for (int i = 1; i <= 100; i++) session(i);
        long before = usedBytes();
        for (int i = 1; i <= SESSIONS; i++) all.add(session(i));
        long each = (usedBytes() - before) / SESSIONS;
        System.out.println("bytes of a session: " + each);
        assertThat(each).isLessThan(BYTES_MAX);
        for (Session session : all) table.prove(session);
        assertThat(table.size()).isEqualTo(Sessions.PROVEN_MAX);
    }
}
