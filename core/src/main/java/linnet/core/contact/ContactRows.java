package linnet.core.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.crypto.Crypto;
import linnet.core.env.Store;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import org.jspecify.annotations.Nullable;

/** The people we know, in the store and in memory, and whose each of their devices is. */
final class ContactRows {
    /** Bytes of all contacts together: three quarters of what the store grants a table. A hostile card has up to 15,000. */
    private static final int BYTES_MAX = 48 << 20;

    private static final String TABLE = "contact";

    private final Store store;
    private final Crypto crypto;
    private final Map<UserId, Contact> contacts = new TreeMap<>();
    private final Map<PeerId, UserId> userByPeer = new TreeMap<>();
    private int bytes;

    ContactRows(Store store, Crypto crypto) {
        this.store = store;
        this.crypto = crypto;
    }

    /** Reads what the last life of the node left. */
    void load() {
        store.forEach(TABLE, (key, row) -> {
            bytes += row.length();
            keepInMemory(Contact.decode(crypto, row));
        });
    }

    @Nullable
    Contact get(UserId who) {
        return contacts.get(who);
    }

    /** Returns all in the order of their ids. */
    List<Contact> all() {
        return new ArrayList<>(contacts.values());
    }

    int size() {
        return contacts.size();
    }

    /** Returns whose device this is, or null. */
    @Nullable
    UserId userOf(PeerId peer) {
        return userByPeer.get(peer);
    }

    /** Returns the person whose device this is, or null. */
    @Nullable
    Contact of(PeerId peer) {
        UserId who = userByPeer.get(peer);
        return who == null ? null : contacts.get(who);
    }

    /** Returns whether nobody is to be added. */
    boolean isFull() {
        return contacts.size() >= Contacts.CONTACTS_MAX || bytes >= BYTES_MAX;
    }

    /** Adds or replaces a person, and returns the devices that are no longer theirs. */
    List<PeerId> keep(Contact contact) {
        Contact known = contacts.get(contact.user());
        String key = contact.user().key().hex();
        Bytes before = store.get(TABLE, key);
        Bytes row = contact.encode();
        bytes += row.length() - (before == null ? 0 : before.length());
        store.put(TABLE, key, row);
        List<PeerId> gone = new ArrayList<>(known == null ? List.of() : known.peers());
        gone.removeAll(contact.peers());
        for (PeerId peer : gone) userByPeer.remove(peer);
        keepInMemory(contact);
        return gone;
    }

    private void keepInMemory(Contact contact) {
        contacts.put(contact.user(), contact);
        for (PeerId peer : contact.peers()) userByPeer.put(peer, contact.user());
    }
}
