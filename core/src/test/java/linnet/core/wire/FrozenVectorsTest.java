package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import linnet.core.Vectors;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.crypto.NoiseXX;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import org.junit.jupiter.api.Test;

/**
 * What this release says, byte for byte, for ever: {@code vectors/linnet}. A file is compared with what the code makes now;
 * {@code -Dvectors.write=true} writes it anew, which is a change of the protocol.
 */
class FrozenVectorsTest {
    private static final long EXPIRES = 1_800_000_000_000L;
    private static final Bytes PREKEY_SECRET = counting(0x60);
    private static final Bytes EPHEMERAL_SECRET = counting(0x80);
    private static final Bytes SECRET = counting(0xa0).slice(0, Invite.SECRET_BYTES);

    private final Crypto crypto = Draws.fixed();
    private final Identity alice = new Identity(counting(0x00), counting(0x20), counting(0x40));
    private final Identity bob = new Identity(counting(0x01), counting(0x21), counting(0x41));
    private final NetworkId network = new NetworkId(Key.of(crypto.sha256(Bytes.utf8("linnet/network/1home"))));

    private static Bytes counting(int from) {
        byte[] array = new byte[32];
        for (int i = 0; i < array.length; i++) array[i] = (byte) (from + i);
        return Bytes.wrap(array);
    }

    private static void compare(String file, JsonObject now) {
        assertThat(Vectors.text(now)).isEqualTo(Vectors.frozen("linnet/" + file, now));
    }

    private static JsonObject described(String description) {
        JsonObject object = new JsonObject();
        object.addProperty("description", description);
        return object;
    }

    private static void add(JsonObject object, String name, Bytes value) {
        object.addProperty(name, value.hex());
    }

    private static void addSigned(JsonObject object, Bytes raw) {
        SignedBody signed = SignedBody.decode(raw);
        add(object, "body", signed.body());
        add(object, "signature", signed.signature());
        add(object, "raw", raw);
    }

    private DeviceList deviceList() {
        return DeviceList.sign(
                crypto,
                alice,
                3,
                List.of(crypto.signingPublic(alice.deviceSeed()), crypto.signingPublic(bob.deviceSeed())));
    }

    private Bundle bundle(Identity identity) {
        return Bundle.sign(
                crypto,
                identity,
                7,
                crypto.agreementPublic(PREKEY_SECRET),
                12,
                List.of(new Endpoint("ws://192.0.2.1:7071/"), new Endpoint("wss://linnet.example/link")));
    }

    private Card card() {
        return new Card("Alice", deviceList(), List.of(bundle(alice)));
    }

    private Payload payload(Content content) {
        return Payload.of(
                        new MessageId(SECRET),
                        new ConversationId(new Key(1, 2, 3, 4, 5, 6, 7, 8)),
                        user(alice),
                        peer(alice),
                        0x0123456789abcdefL,
                        42,
                        1_790_000_000_123L,
                        content)
                .sign(crypto, alice, peer(bob));
    }

    private PeerId peer(Identity identity) {
        return Identity.peerId(crypto, crypto.signingPublic(identity.deviceSeed()));
    }

    private UserId user(Identity identity) {
        return Identity.userId(crypto, crypto.signingPublic(identity.userSeed()));
    }

    @Test
    void ids() {
        JsonObject file = described("Ids of two people with one device each, from their three secrets.");
        JsonArray people = new JsonArray();
        for (Identity identity : List.of(alice, bob)) {
            JsonObject person = new JsonObject();
            add(person, "user_seed", identity.userSeed());
            add(person, "device_seed", identity.deviceSeed());
            add(person, "link_secret", identity.linkSecret());
            add(person, "user_public", crypto.signingPublic(identity.userSeed()));
            add(person, "device_public", crypto.signingPublic(identity.deviceSeed()));
            add(person, "link_public", crypto.agreementPublic(identity.linkSecret()));
            add(person, "user_id", user(identity).key().bytes());
            person.addProperty("user_text", user(identity).toString());
            add(person, "peer_id", peer(identity).key().bytes());
            person.addProperty("peer_text", peer(identity).toString());
            people.add(person);
        }
        file.add("people", people);
        compare("ids.json", file);
    }

    @Test
    void frames() {
        JsonObject file = described("Frames as protobuf's JSON mapping names them (bytes in hex), and their encoding.");
        JsonArray frames = new JsonArray();
        frame(frames, "{\"ping\":{\"number\":0}}", new LinkFrame.Ping(0));
        frame(frames, "{\"ping\":{\"number\":300}}", new LinkFrame.Ping(300));
        frame(frames, "{\"pong\":{\"number\":2147483647}}", new LinkFrame.Pong(Integer.MAX_VALUE));
        frame(
                frames,
                "{\"close\":{\"code\":11,\"detail\":\"slow down, 🐦\"}}",
                new LinkFrame.Close(new Failure(Failure.Code.RATE_LIMITED, "slow down, 🐦")));
        frame(frames, "{\"unsupported\":{\"field\":99}}", new LinkFrame.Unsupported(99));
        frame(frames, "{\"introduction\":{\"card\":\"card.json\"}}", new ContactFrame.Introduction(card()));
        Envelope envelope = Envelope.of(crypto, peer(bob), 16, EXPIRES, Bytes.utf8("sealed"));
        frame(
                frames,
                "{\"envelope\":{\"to_peer\":\"" + peer(bob).key().hex()
                        + "\",\"hops_left\":16,\"expires_millis\":1800000000000,\"sealed\":\"7365616c6564\"}}",
                envelope);
        for (MessageFrame.Stored what : MessageFrame.Stored.values())
            frame(
                    frames,
                    "{\"receipt\":{\"envelope\":\"" + envelope.id().key().hex() + "\",\"what\":\"STORED_" + what
                            + "\"}}",
                    new MessageFrame.Receipt(envelope.id(), what));
        file.add("frames", frames);
        Batch batch = new Batch();
        batch.add(FrameCodec.encode(new LinkFrame.Ping(300)));
        batch.add(FrameCodec.encode(envelope));
        add(file, "batch_of_second_and_envelope", batch.take());
        compare("frames.json", file);
    }

    private void frame(JsonArray frames, String json, Frame frame) {
        Bytes bytes = FrameCodec.encode(frame);
        assertThat(FrameCodec.decode(crypto, bytes)).isEqualTo(frame);
        JsonObject object = new JsonObject();
        object.add("frame", JsonParser.parseString(json));
        add(object, "bytes", bytes);
        frames.add(object);
    }

    @Test
    void deviceLists() {
        JsonObject file = described("A signed device list: use \"device-list\", by the user key, over the body.");
        DeviceList list = deviceList();
        assertThat(ContactCodec.decodeDeviceList(list.raw())).isEqualTo(list);
        add(file, "user_seed", alice.userSeed());
        add(file, "user_public", list.userPublic());
        file.addProperty("sequence", list.sequence());
        JsonArray devices = new JsonArray();
        for (Bytes device : list.devices()) devices.add(device.hex());
        file.add("devices", devices);
        addSigned(file, list.raw());
        compare("device-list.json", file);
    }

    @Test
    void bundles() {
        JsonObject file = described("A signed bundle: use \"bundle\", by the device key, over the body.");
        Bundle bundle = bundle(alice);
        assertThat(ContactCodec.decodeBundle(bundle.raw())).isEqualTo(bundle);
        add(file, "device_seed", alice.deviceSeed());
        add(file, "link_secret", alice.linkSecret());
        add(file, "prekey_secret", PREKEY_SECRET);
        add(file, "device_public", bundle.devicePublic());
        add(file, "link_public", bundle.linkPublic());
        file.addProperty("prekey_id", bundle.prekeyId());
        add(file, "prekey_public", bundle.prekeyPublic());
        file.addProperty("sequence", bundle.sequence());
        JsonArray endpoints = new JsonArray();
        for (Endpoint endpoint : bundle.endpoints()) endpoints.add(endpoint.uri());
        file.add("endpoints", endpoints);
        addSigned(file, bundle.raw());
        compare("bundle.json", file);
    }

    @Test
    void cards() {
        JsonObject file = described("A card of the list and the bundle in device-list.json and bundle.json.");
        file.addProperty("name", card().name());
        add(file, "devices", card().devices().raw());
        add(file, "bundle", card().bundles().get(0).raw());
        Bytes bytes = ContactCodec.encode(card());
        assertThat(ContactCodec.decodeCard(bytes)).isEqualTo(card());
        add(file, "bytes", bytes);
        compare("card.json", file);
    }

    @Test
    void invites() {
        JsonObject file = described("A signed invite: use \"invite\", by the user key, over the body.");
        Invite invite = Invite.sign(crypto, alice, network, "home", card(), EXPIRES, SECRET);
        assertThat(InviteCodec.parse(InviteCodec.link(invite))).isEqualTo(invite);
        invite.check(crypto);
        add(file, "user_seed", alice.userSeed());
        file.addProperty("version", invite.version());
        add(file, "network", network.key().bytes());
        file.addProperty("network_name", invite.networkName());
        add(file, "card", ContactCodec.encode(invite.card()));
        file.addProperty("expires_wall_millis", invite.expiresWallMillis());
        add(file, "secret", invite.secret());
        addSigned(file, invite.raw());
        file.addProperty("link", InviteCodec.link(invite));
        compare("invite.json", file);
    }

    @Test
    void payloads() {
        JsonObject file =
                described("Payloads: use \"payload\", by the device key, over the recipient's peer id and the body.");
        add(file, "device_seed", alice.deviceSeed());
        add(file, "recipient", peer(bob).key().bytes());
        JsonArray payloads = new JsonArray();
        Bytes proof = crypto.hmac(
                SECRET,
                Bytes.concat(
                        Bytes.utf8("linnet/contact-request/1"),
                        crypto.signingPublic(bob.userSeed()),
                        crypto.signingPublic(alice.userSeed())));
        List<MessageId> ids =
                List.of(new MessageId(SECRET), new MessageId(counting(0).slice(0, 16)));
        payload(payloads, "text", new Content.Text("Hello, 🐦"));
        payload(payloads, "delivered", new Content.Delivered(ids));
        payload(payloads, "read", new Content.Read(ids));
        payload(payloads, "contact_request", new Content.ContactRequest(crypto.sha256(SECRET), proof, card()));
        payload(payloads, "contact_accept", new Content.ContactAccept(card()));
        payload(payloads, "contact_refuse", new Content.ContactRefuse(29));
        file.add("payloads", payloads);
        compare("payload.json", file);
    }

    private void payload(JsonArray payloads, String kind, Content content) {
        Payload payload = payload(content);
        assertThat(PayloadCodec.decode(payload.raw())).isEqualTo(payload);
        JsonObject object = new JsonObject();
        object.addProperty("content", kind);
        add(object, "content_bytes", PayloadCodec.encode(content));
        addSigned(object, payload.raw());
        payloads.add(object);
    }

    @Test
    void envelopes() {
        JsonObject file = described("An envelope of suite 1 with a fixed ephemeral key, and every step to it.");
        Payload payload = payload(new Content.Text("Hello, 🐦"));
        Bundle to = bundle(bob);
        Envelope envelope = Suite1.seal(Draws.fixed(EPHEMERAL_SECRET), payload, to, 16, EXPIRES);
        assertThat(Suite1.open(crypto, envelope, KeyPair.of(crypto, PREKEY_SECRET)))
                .isEqualTo(payload);
        file.addProperty("prekey_id", to.prekeyId());
        add(file, "prekey_secret", PREKEY_SECRET);
        add(file, "prekey_public", to.prekeyPublic());
        add(file, "ephemeral_secret", EPHEMERAL_SECRET);
        add(file, "to_peer", envelope.to().key().bytes());
        file.addProperty("hops_left", envelope.hopsLeft());
        file.addProperty("expires_millis", envelope.expiresMillis());
        add(file, "payload", payload.raw());
        add(file, "padded", Padding.pad(payload.raw()));
        add(file, "sealed", envelope.sealed());
        add(file, "envelope_id", envelope.id().key().bytes());
        add(file, "frame", FrameCodec.encode(envelope));
        compare("envelope.json", file);
    }

    @Test
    void handshakes() {
        JsonObject file = described(
                "A whole handshake over the transport \"mem\", then one message each way: a batch with a ping, and a pong.");
        Bytes prologue = Bytes.utf8("linnetmem");
        Bytes aliceEphemeral = counting(0xb0);
        Bytes bobEphemeral = counting(0xd0);
        NoiseXX initiator = NoiseXX.initiator(Draws.fixed(aliceEphemeral), alice.linkSecret(), prologue);
        NoiseXX responder = NoiseXX.responder(Draws.fixed(bobEphemeral), bob.linkSecret(), prologue);
        add(file, "prologue", prologue);
        add(file, "initiator_static_secret", alice.linkSecret());
        add(file, "initiator_ephemeral_secret", aliceEphemeral);
        add(file, "responder_static_secret", bob.linkSecret());
        add(file, "responder_ephemeral_secret", bobEphemeral);
        JsonArray messages = new JsonArray();
        Hello range = new Hello(1, 1, null);
        Hello ofBob = new Hello(1, 1, Hello.Proof.sign(crypto, bob, network, 5, 0));
        Hello ofAlice = new Hello(1, 1, Hello.Proof.sign(crypto, alice, network, 300, 0));
        message(messages, initiator, responder, LinkCodec.encode(range));
        message(messages, responder, initiator, LinkCodec.encode(ofBob));
        message(messages, initiator, responder, LinkCodec.encode(ofAlice));
        file.add("messages", messages);
        add(file, "handshake_hash", initiator.hash());
        Batch batch = new Batch();
        batch.add(FrameCodec.encode(new LinkFrame.Ping(1)));
        add(file, "sealed_by_initiator", initiator.cipherToSend().seal(batch.take()));
        batch.add(FrameCodec.encode(new LinkFrame.Pong(1)));
        add(file, "sealed_by_responder", responder.cipherToSend().seal(batch.take()));
        compare("handshake.json", file);
    }

    private static void message(JsonArray messages, NoiseXX writer, NoiseXX reader, Bytes hello) {
        Bytes bytes = writer.write(hello);
        assertThat(reader.read(bytes)).isEqualTo(hello);
        JsonObject object = new JsonObject();
        add(object, "hello", hello);
        add(object, "message", bytes);
        messages.add(object);
    }
}
