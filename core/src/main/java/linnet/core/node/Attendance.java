package linnet.core.node;

import java.util.TreeSet;
import java.util.function.Consumer;
import linnet.core.contact.Contact;
import linnet.core.contact.Contacts;
import linnet.core.env.Failure;
import linnet.core.event.Event;
import linnet.core.event.Event.Reach;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.Links;
import org.jspecify.annotations.Nullable;

/**
 * Tells the person which devices of contacts are reached. A node has links to strangers too, for the network's sake; who they are and whether they
 * come or go is nothing that a person waits for.
 */
final class Attendance {
    private final Contacts contacts;
    private final Links links;
    private final Consumer<Event> app;

    /** The devices that the person was told are there. */
    private final TreeSet<PeerId> there = new TreeSet<>();

    Attendance(Contacts contacts, Links links, Consumer<Event> app) {
        this.contacts = contacts;
        this.links = links;
        this.app = app;
    }

    void onUp(PeerId peer) {
        UserId user = contacts.userOf(peer);
        if (user == null) return;
        there.add(peer);
        app.accept(new Event.Reached(peer, user, Reach.DIRECT, null));
    }

    void onDown(PeerId peer, Failure why) {
        gone(peer, contacts.userOf(peer), why);
    }

    /** Somebody who was linked already became a contact, or a contact shows another device. */
    void onContact(Contact contact) {
        for (PeerId peer : contact.peers()) if (links.isUp(peer) && !there.contains(peer)) onUp(peer);
    }

    /** A device is no longer the contact's: whoever has it may stay linked, and is a stranger. */
    void onDeviceGone(UserId user, PeerId peer) {
        gone(peer, user, null);
    }

    private void gone(PeerId peer, @Nullable UserId user, @Nullable Failure why) {
        if (there.remove(peer)) app.accept(new Event.Reached(peer, user, Reach.OFFLINE, why));
    }
}
