package linnet.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Endpoint;
import linnet.core.id.EnvelopeId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/** Messages of every kind, drawn from a seed; numbers and lengths lean towards their edges. */
final class RandomMessages {
    private static final int[] CHARACTERS = {
        'a', 'Z', '0', ' ', 0xe9, 0x4e2d, 0x1f426, 0xffff, 0x10ffff, 0x7f, 0x80, 0x7ff
    };

    private final Chance chance;
    private final Crypto crypto;

    RandomMessages(long seed) {
        this.chance = new Chance(seed);
        this.crypto = Draws.seeded(seed);
    }

    Frame frame() {
        return switch (chance.below(10)) {
            case 0 -> new LinkFrame.Ping(number(0, Integer.MAX_VALUE));
            case 1 -> new LinkFrame.Pong(number(0, Integer.MAX_VALUE));
            case 2 -> new LinkFrame.Close(new Failure(code(), text(0, 200)));
            case 3 -> new LinkFrame.Unsupported(number(0, Reader.FIELD_MAX));
            case 4 -> new ContactFrame.Introduction(card());
            case 5 -> envelope();
            case 6 -> new ProbeFrame(bytes(number(1, 300)));
            case 7 ->
                new DhtFrame.Asked(number(0, Integer.MAX_VALUE), question(), chance.happens(0.5) ? null : asker());
            case 8 -> new DhtFrame.Answered(number(0, Integer.MAX_VALUE), answer());
            default -> new MessageFrame.Receipt(new EnvelopeId(key()), stored());
        };
    }

    Hello hello() {
        int min = number(1, Limits.NUMBER_MAX);
        return new Hello(min, number(min, Limits.NUMBER_MAX), chance.happens(0.3) ? null : proof());
    }

    private Hello.Proof proof() {
        return new Hello.Proof(new NetworkId(key()), bytes(32), bytes(64), counter(1), number(0, Integer.MAX_VALUE));
    }

    Envelope envelope() {
        return Envelope.of(
                crypto,
                new PeerId(key()),
                number(0, Envelope.HOPS_MAX),
                millis(1),
                bytes(number(1, chance.happens(0.9) ? 300 : Envelope.SEALED_BYTES_MAX)));
    }

    DeviceList deviceList(Identity identity) {
        List<Bytes> devices = new ArrayList<>();
        devices.add(crypto.signingPublic(identity.deviceSeed()));
        for (int more = number(0, DeviceList.DEVICES_MAX - 1); more > 0; more--) devices.add(bytes(32));
        return DeviceList.sign(crypto, identity, counter(1), devices);
    }

    Bundle bundle(Identity identity) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int more = number(0, Bundle.ENDPOINTS_MAX); more > 0; more--) endpoints.add(endpoint());
        return Bundle.sign(crypto, identity, counter(1), bytes(32), counter(1), endpoints);
    }

    Card card() {
        return card(identity());
    }

    Card card(Identity identity) {
        List<Bundle> bundles = new ArrayList<>();
        bundles.add(bundle(identity));
        for (int more = chance.below(3); more > 0; more--) bundles.add(bundle(identity()));
        return new Card(text(0, 64), deviceList(identity), bundles);
    }

    Invite invite() {
        Identity identity = identity();
        return Invite.sign(crypto, identity, new NetworkId(key()), text(1, 64), card(identity), millis(1), bytes(16));
    }

    Payload payload() {
        return Payload.of(
                        new MessageId(bytes(16)),
                        new ConversationId(key()),
                        new UserId(key()),
                        new PeerId(key()),
                        chance.nextLong() & (chance.happens(0.2) ? 0 : -1L),
                        counter(0),
                        millis(0),
                        content())
                .sign(crypto, identity(), new PeerId(key()));
    }

    Content content() {
        return switch (chance.below(6)) {
            case 0 -> new Content.Text(text(1, chance.happens(0.9) ? 100 : 3_500));
            case 1 -> new Content.Delivered(ids());
            case 2 -> new Content.Read(ids());
            case 3 -> new Content.ContactRequest(bytes(32), bytes(32), card());
            case 4 -> new Content.ContactAccept(card());
            default -> new Content.ContactRefuse(number(1, Limits.NUMBER_MAX));
        };
    }

    DhtQuestion<?> question() {
        return chance.below(7) == 0 ? errand() : ownQuestion();
    }

    /** Returns a question for somebody else, which is short enough to be carried in one. */
    private DhtQuestion<?> errand() {
        Whereabouts to = whereabouts();
        while (true) {
            DhtQuestion<?> inner = ownQuestion();
            if (inner instanceof DhtQuestion.DialBack) continue;
            DhtQuestion<?> errand = new DhtQuestion.OnBehalf<>(to, inner);
            if (DhtCodec.sizeOf(errand) <= DhtQuestion.BYTES_MAX) return errand;
        }
    }

    private DhtQuestion<?> ownQuestion() {
        return switch (chance.below(6)) {
            case 0 -> new DhtQuestion.Ping();
            case 1 -> new DhtQuestion.Find(key(), number(1, DhtAnswer.PEERS_MAX));
            case 2 -> new DhtQuestion.Get(key(), kind());
            case 3 -> new DhtQuestion.Put(record());
            case 4 -> new DhtQuestion.Compare(some(1, DhtQuestion.Compare.DIGESTS_MAX, this::digest));
            default -> new DhtQuestion.DialBack(endpoint());
        };
    }

    DhtAnswer answer() {
        return switch (chance.below(7)) {
            case 0 -> new DhtAnswer.Pong(endpoint());
            case 1 -> new DhtAnswer.Nearest(peers());
            case 2 -> DhtCodec.fitted(new DhtAnswer.Held(some(0, DhtAnswer.RECORDS_MAX, this::record), peers()));
            case 3 -> new DhtAnswer.Kept(counter(1));
            case 4 -> new DhtAnswer.Lacking(number(0, DhtAnswer.Lacking.BITS_MAX));
            case 5 -> new DhtAnswer.DialledBack(chance.happens(0.5));
            default -> new DhtAnswer.Refused(new Failure(code(), text(0, 50)));
        };
    }

    /** As most are: few are so far from a neighbour that the answer must leave them out. */
    private List<Whereabouts> peers() {
        DhtAnswer nearest = DhtCodec.fitted(new DhtAnswer.Nearest(some(0, DhtAnswer.PEERS_MAX, this::whereabouts)));
        return ((DhtAnswer.Nearest) nearest).peers();
    }

    Whereabouts whereabouts() {
        return Whereabouts.of(new PeerId(key()), bytes(32), some(0, Whereabouts.ENDPOINTS_MAX, this::endpoint));
    }

    Packet packet() {
        return switch (chance.below(3)) {
            case 0 ->
                new Packet.Question(new DhtFrame.Asked(
                        number(0, Integer.MAX_VALUE), question(), chance.happens(0.9) ? null : Reachable.NOWHERE));
            case 1 -> part();
            default -> new Packet.Heard();
        };
    }

    /** One that fits into a packet, as the sender sees to. */
    Packet.Opening opening() {
        while (true) {
            Packet.Opening opening = new Packet.Opening(hello(), asker(), number(0, Integer.MAX_VALUE), question());
            if (PacketCodec.sizeOf(opening) <= 1_000) return opening;
        }
    }

    Packet.Opened opened() {
        Packet.Part part = part();
        Bytes slice = part.slice().slice(0, Math.min(part.slice().length(), 900));
        return new Packet.Opened(
                hello(),
                number(0, Integer.MAX_VALUE),
                new Packet.Part(part.number(), part.index(), part.count(), slice));
    }

    private Packet.Part part() {
        int count = number(1, Packet.Part.COUNT_MAX);
        return new Packet.Part(
                number(0, Integer.MAX_VALUE),
                chance.below(count),
                count,
                bytes(number(1, Packet.Part.SLICE_BYTES_MAX)));
    }

    Reachable asker() {
        return new Reachable(whereabouts().endpoints(), chance.happens(0.5));
    }

    SignedRecord record() {
        Identity identity = identity();
        SignedRecord.Kind kind = kind();
        long issued = wide(1, Limits.MILLIS_MAX - kind.lifeMillis());
        return new RecordSeal(
                        crypto,
                        crypto.signingPublic(identity.userSeed()),
                        crypto.signingPublic(identity.deviceSeed()),
                        kind,
                        wide(1, PeerRecord.DAY_MAX))
                .seal(
                        identity,
                        counter(1),
                        issued,
                        wide(issued + 1, issued + kind.lifeMillis()),
                        some(0, Bundle.ENDPOINTS_MAX, this::endpoint),
                        some(0, PeerRecord.DELEGATES_MAX, () -> new PeerId(key())));
    }

    PeerRecord peerRecord() {
        return PeerRecord.sign(
                crypto,
                identity(),
                kind(),
                wide(1, PeerRecord.DAY_MAX),
                counter(1),
                millis(1),
                some(0, Bundle.ENDPOINTS_MAX, this::endpoint),
                some(0, PeerRecord.DELEGATES_MAX, () -> new PeerId(key())));
    }

    private DhtQuestion.Digest digest() {
        return new DhtQuestion.Digest(key(), bytes(DhtQuestion.Digest.HASH_BYTES), counter(1));
    }

    private SignedRecord.Kind kind() {
        SignedRecord.Kind[] kinds = SignedRecord.Kind.values();
        return kinds[chance.below(kinds.length)];
    }

    private <T> List<T> some(int min, int max, Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int more = number(min, max); more > 0; more--) all.add(one.get());
        return all;
    }

    Identity identity() {
        return Identity.create(crypto);
    }

    private List<MessageId> ids() {
        List<MessageId> ids = new ArrayList<>();
        for (int more = number(1, Content.IDS_MAX); more > 0; more--) ids.add(new MessageId(bytes(16)));
        return ids;
    }

    private Endpoint endpoint() {
        StringBuilder uri = new StringBuilder("ws://");
        for (int more = number(0, Endpoint.CHARS_MAX - 5); more > 0; more--) uri.append((char) number('!', '~'));
        return new Endpoint(uri.toString());
    }

    private Failure.Code code() {
        Failure.Code[] codes = Failure.Code.values();
        return codes[chance.below(codes.length)];
    }

    private MessageFrame.Stored stored() {
        MessageFrame.Stored[] all = MessageFrame.Stored.values();
        return all[chance.below(all.length)];
    }

    private String text(int min, int max) {
        StringBuilder text = new StringBuilder();
        for (int more = number(min, max); more > 0; more--)
            text.appendCodePoint(CHARACTERS[chance.below(CHARACTERS.length)]);
        return text.toString();
    }

    private Key key() {
        return Key.of(bytes(Key.BYTES));
    }

    Bytes bytes(int count) {
        return Draws.bytes(chance, count);
    }

    private long counter(int min) {
        return wide(min, Limits.COUNTER_MAX);
    }

    private long millis(int min) {
        return wide(min, Limits.MILLIS_MAX);
    }

    private long wide(long min, long max) {
        if (chance.happens(0.2)) return chance.happens(0.5) ? min : max;
        return min + (chance.nextLong() >>> 1) % (max - min + 1) / (1L << (7 * chance.below(7)));
    }

    private int number(int min, int max) {
        return (int) wide(min, max);
    }
}
