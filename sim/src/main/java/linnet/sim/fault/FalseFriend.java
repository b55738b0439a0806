package linnet.sim.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactFrame;
import linnet.core.wire.Content;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Envelope;
import linnet.core.wire.LinkFrame;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.invariant.Ledger;

/**
 * A contact who means harm and signs everything rightly: it changes its name and its devices as often as it can, shows the largest
 * cards, claims devices and addresses of others, asks again, writes far ahead of its place, and takes nothing in. All of
 * that is allowed to show on its own conversation and nowhere else, and to cost no more than any contact may.
 */
final class FalseFriend {
    private static final int ENDPOINT_CHARACTERS = 60;
    private static final int TEXTS_MAX = 300;
    private static final int STREAMS = 6;
    private static final int AHEAD_MAX = 400;
    private static final int ASTRAY_BYTES = 64;
    private static final int ASTRAY_AT_ONCE = 60;
    private static final int ASTRAY_LATER = 120;
    private static final long ASTRAY_MILLIS = 70;
    private static final int DEAF_MILLIS = 40_000;
    private static final int DEAF_PING_MILLIS = 5_000;

    private final SimHost host;
    private final Crypto crypto;
    private final Identity identity;
    private final Tongue tongue;
    private final Overheard overheard;
    private final Chance chance;
    private final Map<Integer, Content.ContactRequest> requestByVictim = new TreeMap<>();
    private Card card;
    private List<Identity> devices;
    private int sequence;

    /** Creates a friend with one device. */
    FalseFriend(SimHost host, Identity identity, Card card, Tongue tongue, Overheard overheard) {
        this.host = host;
        this.crypto = host.crypto();
        this.identity = identity;
        this.card = card;
        this.devices = List.of(identity);
        this.tongue = tongue;
        this.overheard = overheard;
        this.chance = host.chance("friend");
    }

    /** A victim was asked with a good invite. */
    void onAsked(Overheard.Victim victim, Content.ContactRequest request) {
        requestByVictim.put(victim.host(), request);
    }

    /** Does one of the things that a friend should not. */
    void lie(Overheard.Victim victim) {
        switch (chance.below(12)) {
            case 0 -> show(victim, new Card("x".repeat(chance.below(200)), card.devices(), card.bundles()));
            case 1, 2 -> show(victim, rotated(1 + chance.below(DeviceList.DEVICES_MAX - 1), 1));
            case 3 -> show(victim, rotated(DeviceList.DEVICES_MAX - 1, Bundle.ENDPOINTS_MAX));
            case 4 -> claimDevice(victim);
            case 5 -> show(victim, withOthersAddresses());
            case 6 -> askAgain(victim);
            case 7, 8 -> write(victim);
            case 9 -> claimDelivery(victim);
            case 10 ->
                tongue.say(
                        tongue.link(victim),
                        victim,
                        identity,
                        0,
                        0,
                        new Content.ContactRefuse(Failure.Code.REFUSED.number()));
            default -> hearNothing(victim);
        }
    }

    private void show(Overheard.Victim victim, Card shown) {
        card = shown;
        if (chance.happens(0.5)) tongue.link(victim).send(new ContactFrame.Introduction(shown));
        else tongue.say(tongue.link(victim), victim, identity, 0, 0, new Content.ContactAccept(shown));
    }

    /** Other devices, of which each can speak; the one that links is always among them. */
    private Card rotated(int others, int endpoints) {
        List<Identity> now = new ArrayList<>(List.of(identity));
        for (int i = 0; i < others; i++) {
            Identity drawn = Identity.create(crypto);
            now.add(new Identity(identity.userSeed(), drawn.deviceSeed(), drawn.linkSecret()));
        }
        devices = now;
        List<Bundle> bundles = new ArrayList<>();
        for (Identity device : now) bundles.add(tongue.bundle(device, nextSequence(), addresses(endpoints)));
        return new Card(card.name(), list(publics(now)), bundles);
    }

    /** A device of somebody else on the own list, with what its owner has signed. */
    private void claimDevice(Overheard.Victim victim) {
        Overheard.Victim other = overheard.victim(chance);
        Bundle theirs = other == null ? null : overheard.bundle(other.peer());
        if (theirs == null || other == null || other.equals(victim)) return;
        Bundle own = tongue.bundle(identity, nextSequence(), List.of(host.endpoint()));
        DeviceList list = list(List.of(own.devicePublic(), theirs.devicePublic()));
        show(victim, new Card(card.name(), list, List.of(own, theirs)));
    }

    /** Whoever dials this friend dials its victims. */
    private Card withOthersAddresses() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < Bundle.ENDPOINTS_MAX; i++) {
            Overheard.Victim aimed = overheard.victim(chance);
            if (aimed != null && !endpoints.contains(aimed.endpoint())) endpoints.add(aimed.endpoint());
        }
        devices = List.of(identity);
        Bundle bundle = tongue.bundle(identity, nextSequence(), endpoints);
        return new Card(card.name(), list(List.of(bundle.devicePublic())), List.of(bundle));
    }

    private void askAgain(Overheard.Victim victim) {
        Content.ContactRequest request = requestByVictim.get(victim.host());
        if (request == null) return;
        LyingLink link = tongue.link(victim);
        for (int i = 0; i < 3; i++) tongue.say(link, victim, identity, 0, 0, request);
    }

    /** Many texts of few streams, far ahead of their places, again, or in order. */
    private void write(Overheard.Victim victim) {
        LyingLink link = tongue.link(victim);
        Identity as = devices.get(chance.below(devices.size()));
        boolean isAhead = chance.happens(0.5);
        int count = chance.happens(0.2) ? TEXTS_MAX : Seed.between(chance, 1, 20);
        long stream = 1L + chance.below(STREAMS);
        for (int i = 0; i < count; i++) {
            long sequence = isAhead ? 2 + chance.below(AHEAD_MAX) : i + 1;
            tongue.say(link, victim, as, stream, sequence, new Content.Text("between friends"));
        }
    }

    /** "I have it", of what is under way to somebody else. */
    private void claimDelivery(Overheard.Victim victim) {
        Ledger.Entry entry = overheard.underWay(chance);
        if (entry == null) return;
        List<MessageId> ids = List.of(entry.id());
        Content content = chance.happens(0.5) ? new Content.Delivered(ids) : new Content.Read(ids);
        Overheard.Victim sender = overheard.victim(entry.from());
        Overheard.Victim asked = sender == null ? victim : sender;
        tongue.say(tongue.link(asked), asked, devices.get(chance.below(devices.size())), 0, 0, content);
    }

    /**
     * A peer that is there and takes nothing: envelopes for somebody else, each answered by a receipt, as fast as a stranger may, and
     * nobody reads these. A device of its own, so that no other link takes over.
     */
    private void hearNothing(Overheard.Victim victim) {
        LyingLink link = tongue.deafLink(victim, Identity.create(crypto), DEAF_MILLIS);
        Bytes astray = crypto.random(ASTRAY_BYTES);
        Envelope envelope = Envelope.of(crypto, tongue.peer(), 1, host.wallMillis() + DEAF_MILLIS, astray);
        for (int i = 0; i < ASTRAY_AT_ONCE; i++) link.send(envelope);
        for (int i = 1; i <= ASTRAY_LATER; i++)
            host.after(Duration.ofMillis(i * ASTRAY_MILLIS), () -> link.send(envelope));
        for (int millis = DEAF_PING_MILLIS; millis < DEAF_MILLIS; millis += DEAF_PING_MILLIS)
            host.after(Duration.ofMillis(millis), () -> link.send(new LinkFrame.Ping(1)));
    }

    private DeviceList list(List<Bytes> publics) {
        return DeviceList.sign(crypto, identity, nextSequence(), publics);
    }

    private List<Bytes> publics(List<Identity> identities) {
        List<Bytes> publics = new ArrayList<>();
        for (Identity one : identities) publics.add(crypto.signingPublic(one.deviceSeed()));
        return publics;
    }

    private List<Endpoint> addresses(int count) {
        List<Endpoint> endpoints = new ArrayList<>();
        if (count == 1) endpoints.add(host.endpoint());
        else
            for (int i = 0; i < count; i++)
                endpoints.add(new Endpoint("mem:9" + i + "/" + "a".repeat(ENDPOINT_CHARACTERS)));
        return endpoints;
    }

    /** Grows with time, so that it goes on through a restart. */
    private long nextSequence() {
        return host.nowMillis() * 100 + ++sequence % 100;
    }
}
