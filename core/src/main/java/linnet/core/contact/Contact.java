package linnet.core.contact;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Failure;
import linnet.core.event.Event.ContactState;
import linnet.core.id.Bytes;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactCodec;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/**
 * A person we know, or asked to know.
 *
 * @param user the person
 * @param state where the contact stands
 * @param verified whether the safety number was compared
 * @param refusal number of the failure code with which the person refused; 0 if they did not
 * @param card the newest card that was verified
 * @param peers the devices whose bundles the card shows, in their order: the list names them, and they name the person
 */
public record Contact(UserId user, ContactState state, boolean verified, int refusal, Card card, List<PeerId> peers) {
    private static final int ROW_VERSION = 1;

    /** Fixes the list. */
    public Contact {
        peers = List.copyOf(peers);
    }

    /** Returns the person of a card, whose signatures the caller has checked. */
    static Contact of(Crypto crypto, Card card, ContactState state) {
        UserId user = Identity.userId(crypto, card.devices().userPublic());
        return new Contact(user, state, false, 0, card, peersOf(crypto, card));
    }

    /** Returns the bundle of one device, or null if it is not this person's. */
    @Nullable
    Bundle bundleOf(PeerId peer) {
        int place = peers.indexOf(peer);
        return place < 0 ? null : card.bundles().get(place);
    }

    /** Returns the key of one device, or null if it is not this person's. */
    public @Nullable Bytes devicePublic(PeerId peer) {
        Bundle bundle = bundleOf(peer);
        return bundle == null ? null : bundle.devicePublic();
    }

    /** Returns whether this card is known to the byte; that spares its signatures. */
    boolean has(Card shown) {
        if (!card.devices().raw().equals(shown.devices().raw())) return false;
        if (!card.name().equals(shown.name())
                || card.bundles().size() != shown.bundles().size()) return false;
        for (int i = 0; i < card.bundles().size(); i++)
            if (!card.bundles().get(i).raw().equals(shown.bundles().get(i).raw())) return false;
        return true;
    }

    /** Returns whether something else than what {@code shown} shows of this device is newer, or as new. */
    boolean knowsBetter(PeerId peer, Card shown) {
        Bundle known = bundleOf(peer);
        Bundle its = known == null ? null : find(shown, known.devicePublic());
        if (known == null || its == null || its.raw().equals(known.raw())) return false;
        return known.sequence() >= its.sequence();
    }

    /** Returns why this person refused, or null if they did not. */
    public @Nullable Failure refusedWith() {
        return state == ContactState.REFUSED ? new Failure(Failure.Code.of(refusal)) : null;
    }

    Contact in(ContactState now, int refusalNow) {
        return new Contact(user, now, verified, refusalNow, card, peers);
    }

    Contact verified(boolean now) {
        return new Contact(user, state, now, refusal, card, peers);
    }

    /**
     * Returns this contact with what is newer on {@code shown}, a card of the same person whose signatures hold; this contact
     * itself if nothing is. The list and each bundle carry a sequence of their own, so that an old card cannot undo a new one; a name
     * comes with something newer or not at all.
     */
    Contact with(Crypto crypto, Card shown) {
        DeviceList list = shown.devices().sequence() > card.devices().sequence() ? shown.devices() : card.devices();
        List<Bundle> bundles = new ArrayList<>();
        boolean newer = list.sequence() > card.devices().sequence();
        for (Bytes device : list.devices()) {
            Bundle known = find(card, device);
            Bundle other = find(shown, device);
            boolean take = other != null && (known == null || other.sequence() > known.sequence());
            Bundle best = take ? other : known;
            if (best != null) bundles.add(best);
            newer |= take;
        }
        if (!newer || bundles.isEmpty()) return this;
        Card merged = new Card(shown.name(), list, bundles);
        // Two cards that are short enough may be too long together; who makes such cards is not followed further.
        if (!ContactCodec.fits(merged)) return this;
        return new Contact(user, state, verified, refusal, merged, peersOf(crypto, merged));
    }

    /** Returns the row that the store keeps of this contact. */
    public Bytes encode() {
        return new Writer()
                .uint(1, ROW_VERSION)
                .uint(2, numberOf(state))
                .uint(3, verified ? 1 : 0)
                .uint(4, refusal)
                .bytes(5, ContactCodec.encode(card))
                .toBytes();
    }

    static Contact decode(Crypto crypto, Bytes row) {
        int version = 0;
        int state = 0;
        boolean verified = false;
        int refusal = 0;
        @Nullable Card card = null;
        Reader reader = new Reader(row);
        for (int field = reader.field(); field != 0; field = reader.field()) {
            switch (field) {
                case 1 -> version = reader.uint(ROW_VERSION);
                case 2 -> state = reader.uint(ContactState.values().length);
                case 3 -> verified = reader.uint(1) == 1;
                case 4 -> refusal = reader.uint(Integer.MAX_VALUE);
                case 5 -> card = ContactCodec.decodeCard(reader.bytes(1, Card.BYTES_MAX));
                default -> reader.skip();
            }
        }
        if (version != ROW_VERSION) throw new IllegalStateException("contact row of version " + version);
        Contact contact = of(crypto, Reader.required(card, "card"), stateOf(state));
        return contact.in(contact.state, refusal).verified(verified);
    }

    private static List<PeerId> peersOf(Crypto crypto, Card card) {
        List<PeerId> peers = new ArrayList<>();
        for (Bundle bundle : card.bundles()) peers.add(Identity.peerId(crypto, bundle.devicePublic()));
        return peers;
    }

    private static @Nullable Bundle find(Card card, Bytes device) {
        for (Bundle bundle : card.bundles()) if (bundle.devicePublic().equals(device)) return bundle;
        return null;
    }

    /** Stored: append only. */
    private static int numberOf(ContactState state) {
        return switch (state) {
            case REQUESTED -> 1;
            case ACCEPTED -> 2;
            case REFUSED -> 3;
        };
    }

    private static ContactState stateOf(int number) {
        for (ContactState state : ContactState.values()) if (numberOf(state) == number) return state;
        throw new IllegalStateException("contact row with state " + number);
    }
}
