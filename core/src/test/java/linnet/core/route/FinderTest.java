package linnet.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.contact.ContactConfig;
import linnet.core.contact.Contacts;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.fixture.House;
import linnet.core.fixture.Village;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.id.NetworkId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.wire.Content;
import linnet.core.wire.Frame;
import org.junit.jupiter.api.Test;

/** The first rungs of the ladder, over links whose answers the test gives. */
class FinderTest {
    private static final NetworkId NETWORK = new NetworkId(new Key(1, 1, 1, 1, 1, 1, 1, 1));

    private final Village village = new Village(4);
    private final House host = village.house("alice");
    private final House other = village.house("bob");
    private final Answers links = new Answers();
    private final Network network = new Network();
    private final Contacts contacts = contactsOf(host);
    private final Finder finder = new Finder(host, contacts, links, Directory.NONE);
    private final List<Found> found = new ArrayList<>();

    private static final class Answers implements Links {
        private final List<Endpoint> asked = new ArrayList<>();
        private final List<Consumer<Failure>> failures = new ArrayList<>();
        private boolean up;
        private LinkView view;

        @Override
        public boolean isUp(PeerId peer) {
            return up;
        }

        @Override
        public List<PeerId> up() {
            return List.of();
        }

        @Override
        public boolean send(PeerId peer, Frame frame) {
            return false;
        }

        @Override
        public void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure) {
            asked.addAll(at);
            failures.add(onFailure);
        }

        @Override
        public void keep(PeerId peer, Standing standing) {}

        @Override
        public void close(PeerId peer, Failure why) {}

        @Override
        public LinkView describe(PeerId peer) {
            return view;
        }
    }

    /** A network that answers when the test says so. */
    private static final class Network implements Directory {
        private final List<Boolean> asked = new ArrayList<>();
        private final List<Consumer<Result<List<Endpoint>>>> waiting = new ArrayList<>();

        @Override
        public void find(PeerId peer, boolean isWaited, Consumer<Result<List<Endpoint>>> onFound) {
            asked.add(isWaited);
            waiting.add(onFound);
        }

        void answer(String... uris) {
            List<Endpoint> endpoints = new ArrayList<>();
            for (String uri : uris) endpoints.add(new Endpoint(uri));
            waiting.remove(0).accept(new Result.Ok<>(endpoints));
        }

        void refuse(Code code) {
            waiting.remove(0).accept(new Result.No<>(new Failure(code)));
        }
    }

    @Test
    void anOpenLinkAnswersFirst() {
        know("ws://one/", "ws://two/");
        links.up = true;
        find();
        village.run(1);
        assertThat(route()).isEqualTo(new Route.Direct(other.peer()));
        assertThat(links.asked).isEmpty();
    }

    @Test
    void addressesAreTriedOneAfterTheOther() {
        know("ws://one/", "ws://two/");
        find();
        fail(0, Code.NOT_LISTENING);
        assertThat(links.asked).extracting(Endpoint::uri).containsExactly("ws://one/", "ws://two/");
        host.later(0, () -> finder.onUp(other.peer()));
        village.run(1);
        assertThat(route()).isEqualTo(new Route.Direct(other.peer()));
        assertThat(found.get(0).misses())
                .extracting(Found.Miss::rung, Found.Miss::where)
                .containsExactly(tuple(Rung.OPEN_LINK, ""), tuple(Rung.ADDRESSES, "ws://one/"));
    }

    @Test
    void whereOnlyPacketsGoIsNotDialled() {
        know("udp://192.0.2.1:7071", "ws://one/");
        find();
        assertThat(links.asked).extracting(Endpoint::uri).containsExactly("ws://one/");
    }

    @Test
    void theAddressThatWorkedLastIsTriedFirst() {
        know("ws://one/", "ws://two/");
        find();
        fail(0, Code.TIMEOUT);
        links.view = new LinkView(Bytes.EMPTY, "ws://two/", true, 1, 0, 0, 0, 0, 0);
        host.later(0, () -> finder.onUp(other.peer()));
        village.run(1);
        find();
        assertThat(links.asked.get(2).uri()).isEqualTo("ws://two/");
    }

    @Test
    void anAddressDoesNotWorkBecauseThePeerDialledUs() {
        know("ws://one/", "ws://two/");
        find();
        fail(0, Code.TIMEOUT);
        links.view = new LinkView(Bytes.EMPTY, "192.0.2.7", false, 1, 0, 0, 0, 0, 0);
        host.later(0, () -> finder.onUp(other.peer()));
        village.run(1);
        find();
        assertThat(links.asked.get(2).uri()).isEqualTo("ws://one/");
    }

    @Test
    void onePersonsAddressesAreNotDialledWithoutEnd() {
        know("ws://one/", "ws://two/");
        for (int i = 0; i < 64; i++) {
            find();
            fail(2 * i, Code.NOT_LISTENING);
            fail(2 * i + 1, Code.NOT_LISTENING);
        }
        assertThat(links.asked).hasSize(128);
        found.clear();
        find();
        assertThat(found).isEmpty();
        village.run(1);
        assertThat(why()).isEqualTo(Code.RATE_LIMITED);
        village.run(1_000);
        find();
        assertThat(links.asked).hasSize(129);
    }

    @Test
    void theFailureThatSaysMostIsTold() {
        know("ws://one/", "ws://two/");
        find();
        fail(0, Code.IDENTITY_MISMATCH);
        fail(1, Code.TIMEOUT);
        assertThat(why()).isEqualTo(Code.IDENTITY_MISMATCH);
    }

    @Test
    void anAddressThatNeverAnswersTimesOut() {
        know("ws://one/");
        find();
        village.run(20_000);
        assertThat(why()).isEqualTo(Code.TIMEOUT);
    }

    @Test
    void whoHasNoAddressCannotBeDialled() {
        know();
        find();
        assertThat(found).isEmpty();
        village.run(1);
        assertThat(why()).isEqualTo(Code.NO_CONNECTION);
    }

    @Test
    void everyAskerSharesOneSearch() {
        know("ws://one/");
        find();
        find();
        fail(0, Code.NOT_LISTENING);
        assertThat(found).hasSize(2);
        assertThat(links.asked).hasSize(1);
    }

    @Test
    void whoIsNotWhereTheCardSaysIsLookedUp() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), false, found::add);
        assertThat(network.asked).isEmpty();
        fail(0, Code.NOT_LISTENING);
        assertThat(network.asked).containsExactly(false);
        network.answer("udp://192.0.2.1:7071", "ws://old/", "ws://new/");
        assertThat(links.asked).extracting(Endpoint::uri).containsExactly("ws://old/", "ws://new/");
        fail(1, Code.TIMEOUT);
        assertThat(why()).isEqualTo(Code.TIMEOUT);
        assertThat(found.get(0).misses())
                .extracting(Found.Miss::rung, Found.Miss::where)
                .containsExactly(
                        tuple(Rung.OPEN_LINK, ""), tuple(Rung.ADDRESSES, "ws://old/"), tuple(Rung.DHT, "ws://new/"));
    }

    @Test
    void theNetworkIsAskedAtOnceWhenAPersonWaits() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), true, found::add);
        assertThat(network.asked).containsExactly(true);
        network.answer("ws://new/");
        assertThat(links.asked).extracting(Endpoint::uri).containsExactly("ws://old/");
        fail(0, Code.TIMEOUT);
        assertThat(links.asked).extracting(Endpoint::uri).containsExactly("ws://old/", "ws://new/");
    }

    @Test
    void whereNobodyWaitsTheNetworkIsNotAskedAgainAtOnce() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        for (int i = 0; i < 3; i++) {
            asking.find(other.peer(), false, found::add);
            fail(i, Code.NOT_LISTENING);
            if (i == 0) network.refuse(Code.NOT_FOUND);
        }
        assertThat(found)
                .hasSize(3)
                .allSatisfy(
                        one -> assertThat(((Result.No<Route>) one.route()).why().detail())
                                .endsWith("; the network knows no other address"));
        assertThat(network.asked).containsExactly(false);
        village.run(5 * 60_000);
        asking.find(other.peer(), false, found::add);
        fail(3, Code.NOT_LISTENING);
        asking.find(other.peer(), true, found::add);
        assertThat(network.asked).containsExactly(false, false);
        network.refuse(Code.NOT_FOUND);
        asking.find(other.peer(), true, found::add);
        assertThat(network.asked).containsExactly(false, false, true);
    }

    @Test
    void aPersonWhoBeginsToWaitHurriesTheSearch() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), false, found::add);
        asking.find(other.peer(), true, found::add);
        asking.find(other.peer(), true, found::add);
        assertThat(network.asked).containsExactly(true);
    }

    @Test
    void theFailureSaysWhatTheNetworkKnows() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), true, found::add);
        fail(0, Code.NOT_LISTENING);
        assertThat(found).isEmpty();
        network.refuse(Code.NOT_FOUND);
        assertThat(((Result.No<Route>) found.get(0).route()).why())
                .isEqualTo(new Failure(
                        Code.NOT_LISTENING, "Nothing listens at this address; the network knows no other address"));
    }

    @Test
    void anAnswerThatComesAfterTheLinkIsForgotten() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), true, found::add);
        host.later(0, () -> asking.onUp(other.peer()));
        village.run(1);
        network.answer("ws://new/");
        assertThat(found).hasSize(1);
        assertThat(links.asked).hasSize(1);
    }

    @Test
    void whoeverHasNotMovedYetIsLookedUpAgainEverMoreSeldom() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        for (int second = 0; second < 1_800; second += 5) {
            asking.find(other.peer(), false, found::add);
            fail(links.failures.size() - 1, Code.NOT_LISTENING);
            if (found.size() * 5 == second) network.answer("ws://old/");
            village.run(5_000);
        }
        assertThat(network.asked).hasSizeBetween(8, 12);
    }

    @Test
    void whatTheNetworkToldIsDialledAgainWhileItIsFresh() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), false, found::add);
        fail(0, Code.NOT_LISTENING);
        network.answer("ws://old/", "ws://new/");
        fail(1, Code.NOT_LISTENING);
        asking.find(other.peer(), false, found::add);
        fail(2, Code.NOT_LISTENING);
        assertThat(links.asked)
                .extracting(Endpoint::uri)
                .containsExactly("ws://old/", "ws://new/", "ws://old/", "ws://new/");
        fail(3, Code.NOT_LISTENING);
        assertThat(network.asked).containsExactly(false);
        assertThat(found.get(1).misses())
                .extracting(Found.Miss::rung, Found.Miss::where)
                .containsExactly(
                        tuple(Rung.OPEN_LINK, ""), tuple(Rung.ADDRESSES, "ws://old/"), tuple(Rung.DHT, "ws://new/"));
        assertThat(((Result.No<Route>) found.get(1).route()).why())
                .isEqualTo(((Result.No<Route>) found.get(0).route()).why());
        village.run(5 * 60_000);
        asking.find(other.peer(), false, found::add);
        fail(4, Code.NOT_LISTENING);
        assertThat(links.asked).hasSize(5);
        assertThat(network.asked).containsExactly(false, false);
    }

    @Test
    void anAnswerThatComesAfterTheLinkIsThereForTheNextSearch() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), true, found::add);
        host.later(0, () -> asking.onUp(other.peer()));
        village.run(1);
        network.answer("ws://new/");
        asking.find(other.peer(), false, found::add);
        fail(1, Code.NOT_LISTENING);
        assertThat(links.asked).extracting(Endpoint::uri).containsExactly("ws://old/", "ws://old/", "ws://new/");
    }

    @Test
    void aNetworkThatNeverAnswersHoldsNoSearchUp() {
        know("ws://old/");
        Finder asking = new Finder(host, contacts, links, network);
        asking.find(other.peer(), true, found::add);
        fail(0, Code.NOT_LISTENING);
        assertThat(found).isEmpty();
        village.run(5 * 60_000);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).misses())
                .last()
                .satisfies(miss -> assertThat(miss.why().code()).isEqualTo(Code.TIMEOUT));
        network.answer("ws://new/");
        assertThat(links.asked).hasSize(1);
    }

    private void find() {
        finder.find(other.peer(), false, found::add);
    }

    private void fail(int attempt, Code code) {
        links.failures.get(attempt).accept(new Failure(code));
    }

    private Route route() {
        return ((Result.Ok<Route>) found.get(0).route()).value();
    }

    private Code why() {
        return ((Result.No<Route>) found.get(0).route()).why().code();
    }

    /** Makes the other a contact who is reached at these addresses. */
    private void know(String... uris) {
        host.power();
        other.power();
        contacts.start();
        Contacts theirs = contactsOf(other);
        theirs.start();
        List<Endpoint> endpoints = new ArrayList<>();
        for (String uri : uris) endpoints.add(new Endpoint(uri));
        theirs.listening(endpoints);
        House.value(contacts.add(House.value(theirs.invite(1_000))));
    }

    private Contacts contactsOf(House house) {
        Contacts.Outside nobody = new Contacts.Outside() {
            @Override
            public boolean canAsk() {
                return true;
            }

            @Override
            public void ask(UserId to, Content.ContactRequest request) {}

            @Override
            public void onContact(UserId user) {}

            @Override
            public void onDeviceGone(UserId user, PeerId device) {}
        };
        return new Contacts(
                house.identity, new ContactConfig("", NETWORK, "test"), house, house.crypto, links, nobody, e -> {});
    }
}
