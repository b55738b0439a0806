package linnet.core.route;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Result;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;

/** Where contacts' devices say that they are, asked of the network. */
public interface Directory {
    /** Of a host that asks nobody. */
    Directory NONE = (peer, isWaited, onFound) -> {
        throw new IllegalStateException("nobody is asked");
    };

    /**
     * Looks for what a contact's device says of itself.
     *
     * @param isWaited whether a person waits: then it is looked for with more questions at once
     * @param onFound hears once, as an input of its own, within the time of a lookup: where it is, best first, or why that is not known
     */
    void find(PeerId peer, boolean isWaited, Consumer<Result<List<Endpoint>>> onFound);
}
