package linnet.core.node;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.env.Failure;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.link.Links;
import linnet.core.wire.Frame;
import org.jspecify.annotations.Nullable;

/** Links whose frames a {@link Tap} sees as they leave. */
record TappedLinks(Links links, Tap tap) implements Links {
    @Override
    public boolean isUp(PeerId peer) {
        return links.isUp(peer);
    }

    @Override
    public List<PeerId> up() {
        return links.up();
    }

    @Override
    public boolean send(PeerId peer, Frame frame) {
        if (!links.send(peer, frame)) return false;
        tap.onSend(peer, frame);
        return true;
    }

    @Override
    public void open(PeerId peer, List<Endpoint> at, Consumer<Failure> onFailure) {
        links.open(peer, at, onFailure);
    }

    @Override
    public void keep(PeerId peer, Standing standing) {
        links.keep(peer, standing);
    }

    @Override
    public void close(PeerId peer, Failure why) {
        links.close(peer, why);
    }

    @Override
    public @Nullable LinkView describe(PeerId peer) {
        return links.describe(peer);
    }
}
