package linnet.app.api;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.app.doctor.NetworkChecks;
import linnet.core.env.Failure.Code;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.jvm.Surroundings;
import org.jspecify.annotations.Nullable;

/** Carries out the calls about the network. Runs on the API's event loop. */
final class NetworkCalls implements NetworkRequest.Handler<Future<Answer>> {
    private final NodeAccess access;
    private final Lookups lookups;

    NetworkCalls(NodeAccess access) {
        this.access = access;
        this.lookups = new Lookups(access);
    }

    @Override
    public Future<Answer> peers() {
        return around().map(around -> {
            long now = System.currentTimeMillis();
            List<Map<String, @Nullable Object>> peers = new ArrayList<>();
            for (Surroundings.Linked linked : around.links()) peers.add(NetworkObjects.peer(around, linked, now));
            return Answer.ok(ApiObjects.list("peers", peers));
        });
    }

    @Override
    public Future<Answer> routes() {
        return around().map(NetworkObjects::routes).map(Answer::ok);
    }

    @Override
    public Future<Answer> lookUp(PeerId peer, boolean walk) {
        return lookups.start(peer, walk)
                .compose(run -> around().map(around -> new Answer(201, NetworkObjects.lookup(around, run, 0))));
    }

    @Override
    public Future<Answer> lookUp(UserId user, boolean walk) {
        return access.call(node -> Optional.ofNullable(node.contact(user)).map(ContactView::devices))
                .compose(devices -> devices.isEmpty() || devices.get().isEmpty()
                        ? NodeAccess.refused(Code.PEER_UNKNOWN, "this person is not your contact")
                        : lookUp(devices.get().get(0), walk));
    }

    @Override
    public Future<Answer> lookup(long number, int after, long waitMillis) {
        return lookups.next(number, after, waitMillis)
                .compose(run -> around().map(around -> Answer.ok(NetworkObjects.lookup(around, run, after))));
    }

    /** Walks to the own neighbourhood first: only whoever answers now counts. */
    @Override
    public Future<Answer> netCheck() {
        return around().compose(around -> lookups.ownNeighbourhood()
                .compose(walked -> access.blocking(() -> NetworkChecks.examine(
                        access.node().settings(), access.node().endpoints(), around, walked)))
                .map(NetworkObjects::findings)
                .map(Answer::ok));
    }

    private Future<Surroundings> around() {
        return access.onLoop(access.node().surroundings());
    }
}
