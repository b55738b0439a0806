package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import org.jspecify.annotations.Nullable;

/** Cards and what is on them: {@code contact.proto}. Decoding checks form and limits; signatures are the records' {@code check}. */
public final class ContactCodec {
    private static final int KEY_BYTES = 32;

    private ContactCodec() {}

    /** Returns the signed bytes. */
    public static Bytes encode(DeviceList list) {
        return signed(list.raw());
    }

    /** Returns the signed bytes. */
    public static Bytes encode(Bundle bundle) {
        return signed(bundle.raw());
    }

    /** Returns the bytes of a card. */
    public static Bytes encode(Card card) {
        return write(new Writer(sizeOf(card)), card).toBytes();
    }

    /** Returns whether a card that was put together from others is surely no longer than a card may be. */
    public static boolean fits(Card card) {
        return sizeOf(card) + Utf8.length(card.name()) <= Card.BYTES_MAX;
    }

    /** Reads a signed device list. */
    public static DeviceList decodeDeviceList(Bytes raw) {
        limit(raw, DeviceList.BYTES_MAX, "device list");
        @Nullable Bytes userPublic = null;
        long sequence = 0;
        List<Bytes> devices = new ArrayList<>();
        Reader reader = new Reader(SignedBody.decode(raw).body());
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> userPublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 2 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                case 3 -> {
                    Bytes device = reader.repeated(devices.size(), DeviceList.DEVICES_MAX)
                            .bytes(KEY_BYTES, KEY_BYTES);
                    if (devices.contains(device)) throw malformed("a device twice");
                    devices.add(device);
                }
                default -> reader.skip();
            }
        }
        if (devices.isEmpty()) throw malformed("no device");
        return new DeviceList(
                Reader.required(userPublic, "user key"), Reader.positive(sequence, "sequence"), devices, raw);
    }

    /** Reads a signed bundle. */
    public static Bundle decodeBundle(Bytes raw) {
        limit(raw, Bundle.BYTES_MAX, "bundle");
        @Nullable Bytes devicePublic = null;
        Bytes userPublic = Bytes.EMPTY;
        @Nullable Bytes linkPublic = null;
        long prekeyId = 0;
        @Nullable Bytes prekeyPublic = null;
        long sequence = 0;
        List<Endpoint> endpoints = new ArrayList<>();
        Reader reader = new Reader(SignedBody.decode(raw).body());
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> devicePublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 2 -> linkPublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 3 -> prekeyId = reader.uint64(Limits.COUNTER_MAX);
                case 4 -> prekeyPublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                case 5 -> sequence = reader.uint64(Limits.COUNTER_MAX);
                case 6 ->
                    endpoints.add(endpoint(reader.repeated(endpoints.size(), Bundle.ENDPOINTS_MAX)
                            .text(1, Endpoint.CHARS_MAX)));
                case 7 -> userPublic = reader.bytes(KEY_BYTES, KEY_BYTES);
                default -> reader.skip();
            }
        }
        return new Bundle(
                Reader.required(devicePublic, "device key"),
                userPublic,
                Reader.required(linkPublic, "link key"),
                Reader.positive(prekeyId, "prekey id"),
                Reader.required(prekeyPublic, "prekey"),
                Reader.positive(sequence, "sequence"),
                endpoints,
                raw);
    }

    /** Reads a card. */
    public static Card decodeCard(Bytes bytes) {
        limit(bytes, Card.BYTES_MAX, "card");
        return card(new Reader(bytes));
    }

    static Bytes body(DeviceList list) {
        Writer writer = new Writer().bytes(1, list.userPublic()).uint64(2, list.sequence());
        for (Bytes device : list.devices()) writer.item(3, device);
        return writer.toBytes();
    }

    static Bytes body(Bundle bundle) {
        Writer writer = new Writer(2 * Writer.BYTES_FIRST)
                .bytes(1, bundle.devicePublic())
                .bytes(2, bundle.linkPublic())
                .uint64(3, bundle.prekeyId())
                .bytes(4, bundle.prekeyPublic())
                .uint64(5, bundle.sequence());
        for (Endpoint endpoint : bundle.endpoints()) writer.text(6, endpoint.uri());
        return writer.bytes(7, bundle.userPublic()).toBytes();
    }

    /** Writes a card as a field of another message. */
    static Writer write(Writer writer, int field, Card card) {
        int size = sizeOf(card);
        int start = writer.open(field, size);
        return write(writer, card).close(start, size);
    }

    private static Writer write(Writer writer, Card card) {
        int start = writer.length();
        writer.text(1, card.name()).bytes(2, encode(card.devices()));
        for (Bundle bundle : card.bundles()) writer.item(3, encode(bundle));
        if (writer.length() - start > Card.BYTES_MAX) throw new IllegalArgumentException("card is too long");
        return writer;
    }

    /** Reads a card out of another message. */
    static Card card(Reader reader) {
        String name = "";
        @Nullable DeviceList devices = null;
        List<Bundle> bundles = new ArrayList<>();
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> name = reader.text(0, Limits.NAME_BYTES_MAX);
                case 2 -> devices = decodeDeviceList(reader.bytes(1, DeviceList.BYTES_MAX));
                case 3 -> {
                    Bundle bundle = decodeBundle(reader.repeated(bundles.size(), DeviceList.DEVICES_MAX)
                            .bytes(1, Bundle.BYTES_MAX));
                    for (Bundle other : bundles)
                        if (other.devicePublic().equals(bundle.devicePublic())) throw malformed("a device twice");
                    bundles.add(bundle);
                }
                default -> reader.skip();
            }
        }
        if (bundles.isEmpty()) throw malformed("no bundle");
        return new Card(name, Reader.required(devices, "device list"), bundles);
    }

    static Writer write(ContactFrame.Introduction introduction) {
        int size = sizeOf(introduction.card()) + 3;
        Writer writer = new Writer(size + 4);
        int start = writer.open(FrameCodec.INTRODUCTION, size);
        return write(writer, 1, introduction.card()).close(start, size);
    }

    static ContactFrame.Introduction introduction(Reader reader) {
        @Nullable Card card = null;
        for (int field = reader.field(); field != 0; field = reader.field()) {
            if (field == 1) card = card(reader.message(Card.BYTES_MAX));
            else reader.skip();
        }
        return new ContactFrame.Introduction(Reader.required(card, "card"));
    }

    /** About how many bytes a card takes. */
    private static int sizeOf(Card card) {
        int size = 4 + card.name().length() + card.devices().raw().length();
        for (Bundle bundle : card.bundles()) size += 3 + bundle.raw().length();
        return size;
    }

    private static Endpoint endpoint(String uri) {
        if (!Endpoint.isEndpoint(uri)) throw malformed("an endpoint that is no URI");
        return new Endpoint(uri);
    }

    private static Bytes signed(Bytes raw) {
        if (raw.length() == 0) throw new IllegalArgumentException("not signed yet");
        return raw;
    }

    private static void limit(Bytes bytes, int max, String what) {
        if (bytes.length() <= max) return;
        throw new ProtocolViolation(Failure.Code.TOO_LARGE, what + " of " + bytes.length() + " B");
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(Failure.Code.MALFORMED, detail);
    }
}
