package linnet.core.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import linnet.core.crypto.Identity;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.PeerId;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.RecordSeal;
import linnet.core.wire.SignedRecord;
import org.junit.jupiter.api.Test;

class OwnRecordsTest {
    private static final List<PeerId> DELEGATES =
            List.of(Somebody.alone(Somebody.tiny(7)).peer());

    private final House host = new Village(11).house("alice");
    private final Identity identity = Identity.create(host.crypto);
    private final OwnRecords own = new OwnRecords(identity, host, host.crypto);
    private final RecordReader reader = new RecordReader(
            host.crypto,
            host.crypto.signingPublic(identity.userSeed()),
            host.crypto.signingPublic(identity.deviceSeed()));

    @Test
    void pointersSignedAheadAreReadOnTheirDayAndNotADayEarlier() {
        List<SignedRecord> pointers = own.pointersAhead(DELEGATES);
        assertThat(pointers).hasSize(14);
        for (int day = 0; day < pointers.size(); day++) {
            SignedRecord pointer = pointers.get(day);
            long wall = host.wallMillis() + day * RecordSeal.DAY_MILLIS;
            PeerRecord read = reader.open(pointer, wall);
            assertThat(read).isNotNull();
            assertThat(read.delegates()).isEqualTo(DELEGATES);
            assertThat(pointer.issuedMillis()).isLessThanOrEqualTo(wall);
            assertThat(pointer.expiresMillis()).isGreaterThan(wall);
            if (day > 0)
                assertThat(pointer.issuedMillis())
                        .isGreaterThan(RecordSeal.day(wall - RecordSeal.DAY_MILLIS) * RecordSeal.DAY_MILLIS);
            assertThat(reader.open(pointer, wall + 3 * RecordSeal.DAY_MILLIS)).isNull();
        }
    }

    @Test
    void whatALaterLifeSignsIsNewer() {
        long today = RecordSeal.day(host.wallMillis());
        SignedRecord last = own.presence(today, List.of());
        for (int i = 0; i < 5; i++) {
            SignedRecord next = new OwnRecords(identity, host, host.crypto).presence(today, List.of());
            assertThat(next.sequence()).isGreaterThan(last.sequence());
            last = next;
        }
    }
}
