package linnet.core.node;

import java.util.List;
import java.util.function.Consumer;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Env;
import linnet.core.env.Failure;
import linnet.core.env.Result;
import linnet.core.env.Transport;
import linnet.core.event.Event;
import linnet.core.id.Endpoint;
import linnet.core.id.MessageId;
import linnet.core.id.PeerId;
import linnet.core.id.UserId;

/**
 * One peer. Hosts call it on one thread, one input at a time, and close the store's batch after each input
 * (see {@code Store}).
 */
public final class Node {
    /** Creates a node over what the store holds. Nothing happens before {@link #start}. */
    public Node(
            NodeConfig config,
            Identity identity,
            Env env,
            Crypto crypto,
            Transport transport,
            Tap tap,
            Consumer<Event> app) {
        throw new IllegalStateException("being built");
    }

    /** Starts: draws the incarnation, takes up what was left unfinished. */
    public void start() {}

    /** Closes every link with STOPPING. Nothing is lost: what is unfinished goes on at the next start. */
    public void stop() {}

    /** Tells where this node can be dialled, best first; contacts hear of it. */
    public void listening(List<Endpoint> endpoints) {}

    /** Someone dialled this host. Returns who listens to the channel, or why it is refused. */
    public Result<Channel.Listener> incoming(String remoteAddress) {
        return new Result.No<>(new Failure(Failure.Code.STOPPING));
    }

    /** Returns this device. */
    public PeerId peer() {
        throw new IllegalStateException();
    }

    /** Returns this person. */
    public UserId user() {
        throw new IllegalStateException();
    }

    /** Makes an invite link, {@code linnet:…}, good for one contact and {@code lifeMillis}. */
    public Result<String> invite(long lifeMillis) {
        throw new IllegalStateException();
    }

    /** Takes an invite link and asks its maker to become a contact. */
    public Result<UserId> add(String link) {
        throw new IllegalStateException();
    }

    /** Sends words to a contact. {@code Event.Accepted} follows once they are durable. */
    public Result<MessageId> send(UserId to, String text) {
        throw new IllegalStateException();
    }

    /** Says that the person looks at the conversation (or stopped): while open, no retry waits above 30 s. */
    public void open(UserId with, boolean open) {}

    /** Says that the person has seen these messages; tells the sender if receipts are on. */
    public void read(UserId from, List<MessageId> ids) {}

    /** Tries everything that waits for this person now. */
    public void retry(UserId to) {}

    /** Returns the contacts in the order of their names. */
    public List<ContactView> contacts() {
        return List.of();
    }

    /** Returns the safety number of a contact: 60 digits, the same on both sides. */
    public Result<String> safetyNumber(UserId with) {
        throw new IllegalStateException();
    }

    /** Notes that the person compared the safety number (or takes that back). */
    public Result<UserId> verify(UserId with, boolean verified) {
        throw new IllegalStateException();
    }
}
