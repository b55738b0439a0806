package linnet.app.api;

import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/** Calls about the network around this node, for people who want to know why. */
public sealed interface NetworkRequest extends ApiRequest {
    /** List the peers with a link. */
    record Peers() implements NetworkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.network().peers();
        }
    }

    /** Show the table of who is where. */
    record Routes() implements NetworkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.network().routes();
        }
    }

    /**
     * Look for a device and note each step.
     *
     * @param peer which
     * @param walk whether the network is asked although the device is known here
     */
    record LookUpPeer(PeerId peer, boolean walk) implements NetworkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.network().lookUp(peer, walk);
        }
    }

    /**
     * Look for the first device of a contact and note each step.
     *
     * @param user who
     * @param walk as of {@link LookUpPeer}
     */
    record LookUpContact(UserId user, boolean walk) implements NetworkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.network().lookUp(user, walk);
        }
    }

    /**
     * Tell how a lookup goes.
     *
     * @param number which
     * @param after so many steps are known already
     * @param waitMillis how long to wait for one more
     */
    record Lookup(long number, int after, long waitMillis) implements NetworkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.network().lookup(number, after, waitMillis);
        }
    }

    /** Find out what keeps this node from the network. */
    record NetCheck() implements NetworkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.network().netCheck();
        }
    }

    /** What is done with each. */
    interface Handler<T> {
        /** See {@link Peers}. */
        T peers();

        /** See {@link Routes}. */
        T routes();

        /** See {@link LookUpPeer}. */
        T lookUp(PeerId peer, boolean walk);

        /** See {@link LookUpContact}. */
        T lookUp(UserId user, boolean walk);

        /** See {@link Lookup}. */
        T lookup(long number, int after, long waitMillis);

        /** See {@link NetCheck}. */
        T netCheck();
    }
}
