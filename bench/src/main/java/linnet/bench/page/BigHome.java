package linnet.bench.page;

import java.nio.file.Path;
import java.util.List;
import linnet.core.contact.Contact;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.event.Event;
import linnet.core.event.Stage;
import linnet.core.id.Bytes;
import linnet.core.id.ConversationId;
import linnet.core.id.Key;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.jvm.Home;
import linnet.jvm.HomeWriter;
import linnet.jvm.JdkCrypto;

/** Fills a home with people, and one conversation with years of messages. */
final class BigHome {
    /** Messages of one transaction: enough that the disk is not what one waits for. */
    private static final int BATCH = 200;

    /** Time between two messages: 50,000 of them are about two years. */
    private static final long STEP_MILLIS = 20 * 60_000;

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final String CONTACTS = "contact";

    /** Half of the messages of people are shorter than this many words, some are long. */
    private static final int[] LENGTHS = {3, 5, 8, 4, 12, 2, 7, 25, 6, 60};

    private static final List<String> WORDS =
            List.of("and", "the", "meeting", "on", "Thursday", "we", "should", "look", "at", "that", "score", "again");

    private final Crypto crypto = new JdkCrypto();
    private final HomeWriter out;
    private final long nowMillis = System.currentTimeMillis();

    private BigHome(HomeWriter out) {
        this.out = out;
    }

    /** A person of a conversation, and the device that they write with. */
    record Partner(UserId user, PeerId device, ConversationId in) {}

    /**
     * Fills the home of a node that does not run.
     *
     * @param with a contact already
     */
    static void fill(Path folder, int people, Partner with, int messages) {
        try (HomeWriter out = new HomeWriter(Home.open(folder, null))) {
            BigHome home = new BigHome(out);
            for (int i = 0; i < people; i++) home.person(i);
            home.conversation(with, messages);
        }
    }

    /** Adds an accepted contact who has said one thing. Nobody can be dialled: they have no addresses. */
    private void person(int index) {
        Identity identity = Identity.create(crypto);
        Bytes prekey = crypto.agreementPublic(crypto.random(SECRET_BYTES));
        Bundle bundle = Bundle.sign(crypto, identity, 1, prekey, 1, List.of());
        DeviceList devices = DeviceList.sign(crypto, identity, 1, List.of(bundle.devicePublic()));
        UserId user = Identity.userId(crypto, devices.userPublic());
        PeerId device = Identity.peerId(crypto, bundle.devicePublic());
        Card card = new Card("Member " + (index + 1), devices, List.of(bundle));
        Contact contact = new Contact(user, Event.ContactState.ACCEPTED, false, 0, card, List.of(device));
        out.put(CONTACTS, user.key().hex(), contact.encode());
        ConversationId in = new ConversationId(Key.of(crypto.sha256(user.key().bytes())));
        long at = nowMillis - (index + 1) * STEP_MILLIS;
        out.emit(new Event.Received(user, device, in, id(), 1, at, Event.Order.IN_ORDER, words(index)));
        out.closeBatch(at);
    }

    private void conversation(Partner with, int messages) {
        for (int i = 0; i < messages; i++) {
            long at = nowMillis - (messages - i) * STEP_MILLIS;
            MessageId id = id();
            if (i % 3 == 0) {
                out.emit(new Event.Accepted(with.user(), with.in(), id, at, words(i)));
                out.emit(new Event.Progress(with.user(), id, Stage.READ, with.device(), null, 0));
            } else {
                out.emit(new Event.Received(
                        with.user(), with.device(), with.in(), id, i + 1, at, Event.Order.IN_ORDER, words(i)));
                out.see(with.user(), List.of(id));
            }
            if (i % BATCH == BATCH - 1) out.closeBatch(at);
        }
        out.closeBatch(nowMillis);
    }

    private MessageId id() {
        return new MessageId(crypto.random(ID_BYTES));
    }

    private static Content words(int index) {
        StringBuilder text = new StringBuilder("Message ").append(index + 1).append(':');
        for (int i = 0; i < LENGTHS[index % LENGTHS.length]; i++)
            text.append(' ').append(WORDS.get((index * 7 + i * 5) % WORDS.size()));
        return new Content.Text(text.toString());
    }
}
