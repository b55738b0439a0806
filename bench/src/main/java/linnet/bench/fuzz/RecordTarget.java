package linnet.bench.fuzz;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.wire.ContactCodec;
import linnet.core.wire.Content;
import linnet.core.wire.PayloadCodec;

/** Signed records that are handed around and kept: device lists, bundles, cards, contents. Each input meets all readers. */
final class RecordTarget implements Target {
    private final Crypto crypto = new QuickCrypto();

    @Override
    public List<Bytes> messages() {
        Person alice = Person.create(crypto, "Alice");
        return List.of(
                ContactCodec.encode(alice.card().devices()),
                ContactCodec.encode(alice.bundle()),
                ContactCodec.encode(alice.card()),
                PayloadCodec.encode(new Content.Text("kept")));
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        boolean list = decodes(() -> ContactCodec.decodeDeviceList(input).check(crypto));
        boolean bundle = decodes(() -> ContactCodec.decodeBundle(input).check(crypto));
        boolean card = decodes(() -> ContactCodec.decodeCard(input).check(crypto));
        boolean content = decodes(() -> PayloadCodec.decodeContent(input));
        return list || bundle || card || content;
    }

    /** A signature that does not hold is a refusal that comes after decoding. */
    private static boolean decodes(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (ProtocolViolation refused) {
            return refused.failure().code() == Failure.Code.TAMPERED;
        }
    }
}
