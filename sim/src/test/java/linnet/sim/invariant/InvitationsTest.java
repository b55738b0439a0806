package linnet.sim.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import linnet.sim.host.FastCrypto;
import linnet.sim.host.Network;
import linnet.sim.host.Program;
import linnet.sim.host.Seed;
import linnet.sim.host.SimHost;
import linnet.sim.host.Trace;
import linnet.sim.host.World;
import org.junit.jupiter.api.Test;

/** Each way to become a contact, or to be refused, that no invite explains. */
class InvitationsTest {
    private static final long HOUR_MILLIS = 3_600_000;

    private final World world = new World();
    private final Trace trace = new Trace(world, null);
    private final Network network = new Network(world, trace, new Seed(1));
    private final Judge judge = new Judge(world, trace);
    private final List<SimHost> hosts = new ArrayList<>();
    private final SimHost alice = host();
    private final SimHost bob = host();
    private final SimHost carol = host();
    private final Invitations invitations = new Invitations();

    @Test
    void whoAskedWithAGoodInviteBecomesAContact() {
        invitations.onTaken(bob, made(1, HOUR_MILLIS, false));
        assertThat(invitations.onAccepted(alice, bob.index())).isNull();
        assertThat(invitations.onAccepted(bob, alice.index())).isNull();
    }

    @Test
    void findsAContactWithoutAnInvite() {
        made(1, HOUR_MILLIS, false);
        assertThat(invitations.onAccepted(alice, bob.index())).startsWith("contacts");
    }

    @Test
    void findsAnAnswerThatNobodyGave() {
        invitations.onTaken(bob, made(1, HOUR_MILLIS, false));
        assertThat(invitations.onAccepted(bob, alice.index())).isNotNull();
    }

    @Test
    void findsAnInviteThatWasTakenTooLate() {
        invitations.onTaken(bob, made(1, -HOUR_MILLIS, false));
        assertThat(invitations.onAccepted(alice, bob.index())).startsWith("contacts");
    }

    @Test
    void findsOneInviteThatMadeTwoContacts() {
        String link = made(1, HOUR_MILLIS, false);
        invitations.onTaken(bob, link);
        invitations.onTaken(carol, link);
        assertThat(invitations.onAccepted(alice, bob.index())).isNull();
        assertThat(invitations.onAccepted(alice, carol.index())).startsWith("contacts: one invite");
    }

    @Test
    void givesEachContactAnInviteOfTheirOwnWhereThereIsOne() {
        String shared = made(1, HOUR_MILLIS, false);
        invitations.onTaken(bob, shared);
        invitations.onTaken(carol, shared);
        invitations.onTaken(bob, made(2, HOUR_MILLIS, false));
        assertThat(invitations.onAccepted(alice, bob.index())).isNull();
        assertThat(invitations.onAccepted(alice, carol.index())).isNull();
    }

    @Test
    void findsARefusalForNoReason() {
        invitations.onTaken(bob, made(1, HOUR_MILLIS, false));
        for (Code code : List.of(Code.ALREADY_USED, Code.EXPIRED, Code.REFUSED))
            assertThat(invitations.onRefused(bob, alice, new Failure(code))).startsWith("contacts");
    }

    @Test
    void knowsWhyARefusalIsRight() {
        String used = made(1, HOUR_MILLIS, false);
        invitations.onTaken(bob, used);
        invitations.onTaken(carol, used);
        assertThat(invitations.onRefused(bob, alice, new Failure(Code.ALREADY_USED)))
                .isNull();
        invitations.onTaken(bob, made(2, -HOUR_MILLIS, false));
        assertThat(invitations.onRefused(bob, alice, new Failure(Code.EXPIRED))).isNull();
        invitations.onTaken(bob, made(3, HOUR_MILLIS, true));
        assertThat(invitations.onRefused(bob, alice, new Failure(Code.REFUSED))).isNull();
    }

    private String made(int number, long lifeMillis, boolean mayBeLost) {
        FastCrypto crypto = new FastCrypto();
        Bytes secret = Bytes.wrap(new byte[32]);
        Identity identity = new Identity(secret, secret, secret);
        Bundle bundle = Bundle.sign(crypto, identity, 1, crypto.agreementPublic(secret), 1, List.of());
        DeviceList devices = DeviceList.sign(crypto, identity, 1, List.of(bundle.devicePublic()));
        byte[] invited = new byte[Invite.SECRET_BYTES];
        invited[0] = (byte) number;
        String link = InviteCodec.link(Invite.sign(
                crypto,
                identity,
                new NetworkId(Key.of(secret)),
                "test",
                new Card("alice", devices, List.of(bundle)),
                alice.wallMillis() + lifeMillis,
                Bytes.wrap(invited)));
        invitations.onMade(alice.index(), link, mayBeLost);
        return link;
    }

    private SimHost host() {
        SimHost host =
                new SimHost(network, judge, new Seed(1), hosts.size(), "host", new FastCrypto(), made -> new Off());
        hosts.add(host);
        return host;
    }

    private static final class Off implements Program {
        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public Result<Channel.Listener> incoming(String remoteAddress) {
            return new Result.No<>(new Failure(Code.REFUSED));
        }
    }
}
