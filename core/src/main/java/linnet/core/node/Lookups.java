package linnet.core.node;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import linnet.core.contact.Contacts;
import linnet.core.crypto.Crypto;
import linnet.core.dht.Care;
import linnet.core.dht.Dht;
import linnet.core.dht.LookupTrace;
import linnet.core.dht.Purpose;
import linnet.core.dht.RecordReader;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Failure.Code;
import linnet.core.env.Result;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.route.Directory;
import linnet.core.wire.Bundle;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;
import org.jspecify.annotations.Nullable;

/** Reads what contacts' devices publish of themselves. Who has no card of them finds and opens nothing. */
final class Lookups implements Directory {
    private final Env env;
    private final Crypto crypto;
    private final Dht dht;
    private final Contacts contacts;
    private final Consumer<Whereabouts> onFound;

    /**
     * Creates the reader.
     *
     * @param onFound hears where a device is now: packets can be sent there as well
     */
    Lookups(Env env, Crypto crypto, Dht dht, Contacts contacts, Consumer<Whereabouts> onFound) {
        this.env = env;
        this.crypto = crypto;
        this.dht = dht;
        this.contacts = contacts;
        this.onFound = onFound;
    }

    @Override
    public void find(PeerId peer, boolean isWaited, Consumer<Result<List<Endpoint>>> answer) {
        Bundle bundle = contacts.bundleOf(peer);
        if (bundle == null) failLater(answer, new Failure(Code.PEER_UNKNOWN));
        else if (dht.neighbours(1).isEmpty())
            failLater(answer, new Failure(Code.NO_CONNECTION, "nobody of the network is known yet"));
        else read(peer, bundle, isWaited ? Purpose.WAITED : Purpose.BACKGROUND, answer);
    }

    private void read(PeerId peer, Bundle bundle, Purpose purpose, Consumer<Result<List<Endpoint>>> answer) {
        RecordReader reader = new RecordReader(crypto, bundle.userPublic(), bundle.devicePublic());
        dht.read(
                reader.wanted(SignedRecord.Kind.PRESENCE, env.wallMillis()),
                purpose,
                Care.QUICK,
                LookupTrace.NONE,
                fetched -> {
                    SignedRecord held = fetched.record();
                    @Nullable PeerRecord record = held == null ? null : reader.open(held, env.wallMillis());
                    if (record == null || record.endpoints().isEmpty()) {
                        boolean isSure =
                                2 * fetched.cost().failures() < fetched.cost().questions();
                        answer.accept(new Result.No<>(
                                isSure
                                        ? new Failure(Code.NOT_FOUND, "it has not said where it is")
                                        : new Failure(Code.TIMEOUT, "too few of those who could know answered")));
                        return;
                    }
                    onFound.accept(Whereabouts.of(peer, bundle.linkPublic(), record.endpoints()));
                    answer.accept(new Result.Ok<>(record.endpoints()));
                });
    }

    private void failLater(Consumer<Result<List<Endpoint>>> answer, Failure why) {
        env.after(Duration.ZERO, () -> answer.accept(new Result.No<>(why)));
    }
}
