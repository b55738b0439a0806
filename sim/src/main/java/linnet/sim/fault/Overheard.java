package linnet.sim.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Chance;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Envelope;
import linnet.core.wire.Frame;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import linnet.core.wire.Suite1;
import linnet.sim.invariant.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * What a liar knows: more than anybody could, so that it fails for the right reason. Every envelope and card that passes, every
 * invite link, and which messages are under way.
 */
public final class Overheard {
    private static final int ENVELOPES_MAX = 64;
    private static final int INVITES_MAX = 64;

    /** Prekeys of forged bundles are numbered from here, so that what is sealed to one is known at sight. */
    static final long FORGED_PREKEY = 1_000_000;

    private final Ledger ledger;
    private final Crypto crypto;
    private final List<Envelope> envelopes = new ArrayList<>();
    private final Map<PeerId, Card> cardByPeer = new LinkedHashMap<>();
    private final List<Invite> invites = new ArrayList<>();
    private final List<Victim> victims = new ArrayList<>();
    private @Nullable KeyPair forgedPair;

    /** Creates what nobody has heard yet. */
    public Overheard(Ledger ledger, Crypto crypto) {
        this.ledger = ledger;
        this.crypto = crypto;
    }

    /**
     * Somebody who may be lied to.
     *
     * @param host number of their host
     * @param user the person
     * @param peer their device
     * @param endpoint where it is
     */
    public record Victim(int host, UserId user, PeerId peer, Endpoint endpoint) {}

    /** Somebody lives here. */
    public void onVictim(Victim victim) {
        victims.add(victim);
    }

    /** A frame passes. */
    public void onFrame(Frame frame) {
        if (frame instanceof Envelope envelope) {
            if (!(envelope.to() instanceof PeerId peer) || victim(peer) == null) return;
            if (envelopes.size() == ENVELOPES_MAX) envelopes.remove(0);
            envelopes.add(envelope);
        } else if (frame instanceof ContactFrame.Introduction introduction) {
            keep(introduction.card());
        }
    }

    /** A link was handed over. */
    public void onInvite(String link) {
        Invite invite;
        try {
            invite = InviteCodec.parse(link);
        } catch (ProtocolViolation e) {
            return;
        }
        keep(invite.card());
        if (invites.size() == INVITES_MAX) invites.remove(0);
        invites.add(invite);
    }

    /** The liar has forged bundles with this prekey. */
    void onForged(KeyPair pair) {
        forgedPair = pair;
    }

    /** Returns whether somebody honest has sealed an envelope for somebody honest so that the liar can read it. */
    public boolean isBetrayed(PeerId from, Envelope envelope) {
        KeyPair pair = forgedPair;
        boolean isHonest = envelope.to() instanceof PeerId to && victim(to) != null && victim(from) != null;
        if (pair == null || !isHonest) return false;
        try {
            if (Suite1.prekeyId(envelope) < FORGED_PREKEY) return false;
            Suite1.open(crypto, envelope, pair);
            return true;
        } catch (ProtocolViolation notForTheLiar) {
            return false;
        }
    }

    @Nullable
    Victim victim(Chance chance) {
        return victims.isEmpty() ? null : victims.get(chance.below(victims.size()));
    }

    /** Returns somebody of whom this is true, or null. */
    @Nullable
    Victim victim(Chance chance, Predicate<Victim> isMeant) {
        List<Victim> meant = new ArrayList<>();
        for (Victim victim : victims) if (isMeant.test(victim)) meant.add(victim);
        return meant.isEmpty() ? null : meant.get(chance.below(meant.size()));
    }

    @Nullable
    Victim victim(int host) {
        for (Victim victim : victims) if (victim.host == host) return victim;
        return null;
    }

    @Nullable
    Victim victim(PeerId peer) {
        for (Victim victim : victims) if (victim.peer.equals(peer)) return victim;
        return null;
    }

    @Nullable
    Envelope envelope(Chance chance) {
        return envelopes.isEmpty() ? null : envelopes.get(chance.below(envelopes.size()));
    }

    @Nullable
    Invite invite(Chance chance) {
        return invites.isEmpty() ? null : invites.get(chance.below(invites.size()));
    }

    @Nullable
    Card card(PeerId peer) {
        return cardByPeer.get(peer);
    }

    @Nullable
    Bundle bundle(PeerId peer) {
        Card card = cardByPeer.get(peer);
        return card == null || card.bundles().isEmpty() ? null : card.bundles().get(0);
    }

    Ledger.@Nullable Entry underWay(Chance chance) {
        return ledger.underWay(chance);
    }

    private void keep(Card card) {
        for (Victim victim : victims)
            for (Bundle bundle : card.bundles()) {
                boolean isOwn = Identity.peerId(crypto, bundle.devicePublic()).equals(victim.peer)
                        && Identity.userId(crypto, card.devices().userPublic()).equals(victim.user);
                Bundle known = bundle(victim.peer);
                if (isOwn && (known == null || known.sequence() < bundle.sequence())) cardByPeer.put(victim.peer, card);
            }
    }
}
