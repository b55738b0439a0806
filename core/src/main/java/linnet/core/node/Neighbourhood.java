package linnet.core.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.bootstrap.Bootstrap;
import linnet.core.bootstrap.BootstrapConfig;
import linnet.core.bootstrap.Door;
import linnet.core.bootstrap.Network;
import linnet.core.contact.Contact;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.dht.Dht;
import linnet.core.dht.DhtConfig;
import linnet.core.dht.Host;
import linnet.core.dht.OwnRecords;
import linnet.core.env.Datagrams;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Timer;
import linnet.core.env.Transport;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.Carriers;
import linnet.core.link.Errands;
import linnet.core.link.LinkCarrier;
import linnet.core.link.LinkPool;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.link.Rpc;
import linnet.core.link.SealedDatagrams;
import linnet.core.route.Directory;
import linnet.core.wire.Bundle;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Reachable;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * What this node has to do with peers that are nobody's contacts: the carriers of questions, the table of who is where, and joining.
 * Hosts without packets answer no questions, and ask none.
 */
final class Neighbourhood implements Rpc.Served, Host, Network {
    /** Between two times that the table is noted for the next life: a node that is killed comes back with one that is as old. */
    private static final Duration KEEP_EVERY = Duration.ofMinutes(10);

    private final Env env;
    private final Crypto crypto;
    private final boolean isForPeople;
    private final Links peers;
    private final Datagrams datagrams;
    private final SealedDatagrams packets;
    private final LinkCarrier links;
    private final Carriers rpc;
    private final @Nullable Errands errands;
    private final @Nullable Dht dht;
    private final @Nullable Bootstrap bootstrap;
    private final @Nullable OwnRecords records;
    private final KnownPeers known;
    private final @Nullable Doors doors;
    private final @Nullable Reception reception;
    private List<Endpoint> endpoints = List.of();
    private @Nullable Timer timer;

    /** Said until others have tried and not reached this node: a network in which nobody serves at first would not begin. */
    private boolean serves = true;

    Neighbourhood(
            NodeConfig config,
            Identity identity,
            Env env,
            Crypto crypto,
            Transport transport,
            LinkPool pool,
            Links links) {
        this.env = env;
        this.crypto = crypto;
        this.isForPeople = config.roles().isEmpty();
        this.peers = links;
        this.known = new KnownPeers(env.store());
        this.datagrams = transport.datagrams();
        this.packets = pool.packets(datagrams, this);
        this.links = new LinkCarrier(packets.self(), env, links, transport::canDial, this);
        this.rpc = new Carriers(env, packets, this.links);
        this.errands = datagrams == Datagrams.NONE ? null : new Errands(env, packets, links);
        DhtConfig table = DhtConfig.defaults().withKeepsData(!config.roles().contains(Role.BRIDGE));
        this.dht = datagrams == Datagrams.NONE ? null : new Dht(self(), table, env, crypto, rpc, this);
        this.records = dht == null ? null : new OwnRecords(identity, env, crypto);
        this.bootstrap = dht == null
                ? null
                : new Bootstrap(packets.self(), BootstrapConfig.defaults(), env, links, this, List.of());
        this.doors = bootstrap == null ? null : new Doors(config.bootstrap(), packets.self(), env, links, bootstrap);
        boolean receives = config.roles().contains(Role.BOOTSTRAP);
        this.reception = dht == null || !receives ? null : new Reception(env, links, dht);
    }

    /** Begins with those who are known already: contacts, and peers of the last life. */
    void start(List<Contact> contacts) {
        if (dht == null || bootstrap == null || doors == null) return;
        List<Whereabouts> last = askable(known.load());
        bootstrap.addKnown(last);
        for (Contact contact : contacts) onContact(contact);
        dht.start();
        bootstrap.start();
        doors.start(!last.isEmpty() || !contacts.isEmpty());
        if (reception != null) reception.start();
        timer = env.after(KEEP_EVERY, this::keep);
    }

    void stop() {
        if (timer != null) timer.cancel();
        if (dht != null) known.keep(dht.rows());
        if (reception != null) reception.stop();
        if (doors != null) doors.stop();
        if (bootstrap != null) bootstrap.stop();
        if (dht != null) dht.stop();
        rpc.stop();
    }

    /** Returns the table of who is where, or null on a host without packets. */
    @Nullable
    Dht dht() {
        return dht;
    }

    /** Returns who looks contacts' devices up in the network. */
    Directory directory(Contacts contacts) {
        return dht == null ? Directory.NONE : new Lookups(env, crypto, dht, contacts, this::onFound);
    }

    /** Where this node can be asked has changed. Packets first: that is where it is dialled back. */
    void listening(List<Endpoint> now) {
        List<Endpoint> sorted = new ArrayList<>();
        for (Endpoint endpoint : now) if (datagrams.canSend(endpoint)) sorted.add(endpoint);
        for (Endpoint endpoint : now) if (!datagrams.canSend(endpoint)) sorted.add(endpoint);
        endpoints = sorted;
        introduce();
        if (dht == null) return;
        dht.onSelf(self());
        publish();
    }

    /** A contact's devices are as good a way into the network as any. */
    void onContact(Contact contact) {
        if (bootstrap == null) return;
        List<Whereabouts> devices = new ArrayList<>();
        List<Bundle> bundles = contact.card().bundles();
        for (int i = 0; i < bundles.size(); i++) {
            Bundle bundle = bundles.get(i);
            devices.add(Whereabouts.of(contact.peers().get(i), bundle.linkPublic(), bundle.endpoints()));
        }
        bootstrap.addSeeds(askable(devices));
    }

    /** A contact's device is elsewhere than its card says. */
    private void onFound(Whereabouts where) {
        if (bootstrap != null) bootstrap.addSeeds(askable(List.of(where)));
    }

    private List<Whereabouts> askable(List<Whereabouts> peers) {
        List<Whereabouts> askable = new ArrayList<>();
        for (Whereabouts where : peers) if (packets.canAsk(where)) askable.add(where);
        return askable;
    }

    private void keep() {
        if (dht != null) known.keep(dht.rows());
        timer = env.after(KEEP_EVERY, this::keep);
    }

    /**
     * Keeps in the network where this device is, readable for who has its card. Who cannot be dialled says nothing; nor does a node that is nobody's,
     * because nobody has its card.
     */
    private void publish() {
        OwnRecords own = records;
        if (dht == null || own == null || !isForPeople) return;
        if (endpoints.isEmpty()) {
            dht.unpublish(SignedRecord.Kind.PRESENCE);
            dht.unpublish(SignedRecord.Kind.POINTER);
            return;
        }
        List<Endpoint> here = endpoints;
        dht.publish(SignedRecord.Kind.PRESENCE, day -> own.presence(day, here));
        dht.publish(SignedRecord.Kind.POINTER, day -> own.pointer(day, List.of()));
    }

    void onUp(PeerId peer) {
        links.onUp(peer);
        if (dht == null || bootstrap == null || doors == null) return;
        dht.onUp(peer);
        doors.onUp(peer);
        Door door = doors.of(peer);
        Whereabouts where = dht.known(peer);
        LinkView link = peers.describe(peer);
        if (where == null && link != null) {
            List<Endpoint> at = door == null ? List.of() : List.of(door.at());
            where = new Whereabouts(peer, link.linkPublic(), at);
        }
        if (where != null && door != null) bootstrap.addConfigured(where);
        // Until others know of this node, whoever is linked can be asked the way, packets or not.
        if (where != null && !dht.isAnnounced()) dht.seed(List.of(where));
        bootstrap.onUp(peer, where == null || where.endpoints().isEmpty() ? null : where);
    }

    void onDown(PeerId peer, Failure why) {
        links.onDown(peer, why);
        if (dht != null) dht.onDown(peer);
        if (bootstrap != null) bootstrap.onDown(peer, why);
    }

    void onFrame(PeerId from, DhtFrame frame) {
        links.onFrame(from, frame);
    }

    void onPacket(Endpoint from, Bytes packet) {
        packets.onPacket(from, packet);
    }

    @Override
    public void onQuestion(Rpc.Asker from, DhtQuestion<?> question, Rpc.Reply reply) {
        if (question instanceof DhtQuestion.OnBehalf<?> errand && errands != null)
            errands.onQuestion(from, errand, reply);
        else if (dht != null) dht.onQuestion(from, question, reply);
        else reply.answer(new DhtAnswer.Refused(new Failure(Failure.Code.UNSUPPORTED)));
    }

    @Override
    public void onProven(Rpc.Asker from) {
        if (dht != null) dht.onProven(from);
    }

    @Override
    public void dialBack(Whereabouts peer, Endpoint at, Consumer<Boolean> onTried) {
        packets.dialBack(peer, at, onTried);
    }

    @Override
    public void onServing(boolean now) {
        serves = now;
        introduce();
    }

    @Override
    public void seed(List<Whereabouts> peers) {
        if (dht != null) dht.seed(peers);
    }

    @Override
    public boolean isJoined() {
        return dht != null && dht.isAnnounced();
    }

    @Override
    public List<Whereabouts> near(int count) {
        return dht == null ? List.of() : dht.neighbours(count);
    }

    @Override
    public List<Whereabouts> anybody(int count) {
        return dht == null ? List.of() : dht.anybody(count);
    }

    @Override
    public List<Whereabouts> heard(long withinMillis) {
        return dht == null ? List.of() : dht.heard(withinMillis);
    }

    @Override
    public void onRecovered() {
        if (dht != null) dht.onWindow();
    }

    private void introduce() {
        rpc.introduce(Reachable.of(endpoints, serves && dht != null));
    }

    /** Who this is, where packets come in: only there others can try whether they reach it. */
    private Whereabouts self() {
        List<Endpoint> heard = new ArrayList<>();
        for (Endpoint endpoint : endpoints) if (datagrams.canSend(endpoint)) heard.add(endpoint);
        return Whereabouts.of(packets.self(), packets.linkPublic(), heard);
    }
}
