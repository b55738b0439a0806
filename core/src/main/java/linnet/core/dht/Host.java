package linnet.core.dht;

import java.util.function.Consumer;
import linnet.core.id.Endpoint;
import linnet.core.wire.Whereabouts;

/** What the DHT needs of its surroundings beside questions and answers. */
public interface Host {
    /**
     * Asks a peer whether it is there, at one address, from a socket that it has never heard of, so that no address translation lets the
     * packet in because of earlier ones. Says no if this host cannot.
     */
    void dialBack(Whereabouts peer, Endpoint at, Consumer<Boolean> onTried);

    /** Others reach this node, or not: questions say so from now on ({@code serves}). */
    void onServing(boolean serves);

    /** Where nobody dials back, and who serves is known otherwise. */
    Host NONE = new Host() {
        @Override
        public void dialBack(Whereabouts peer, Endpoint at, Consumer<Boolean> onTried) {
            onTried.accept(false);
        }

        @Override
        public void onServing(boolean serves) {}
    };
}
