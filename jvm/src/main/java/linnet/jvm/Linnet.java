package linnet.jvm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import linnet.core.event.Event;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;

/**
 * Somebody on Linnet, inside your program: a node with its home, its people and its messages. {@link SimNetwork} has the same for tests.
 *
 * <pre>{@code
 * try (Linnet me = Linnet.open(Path.of("alice"))) {            // makes an identity on the first run
 *     me.onMessage(m -> System.out.println(m.from() + ": " + m.text()));
 *     System.out.println("Invite: " + me.invite().join());     // for one other person
 *     UserId bob = me.add(scanner.nextLine()).join();          // or take theirs
 *     me.send(bob, "hi").thenAccept(d -> System.out.println(d.stage() + " via " + d.path())).join();
 * }
 * }</pre>
 *
 * <p><b>Nothing is lost.</b> What a future has confirmed survives a power cut; what was queued is delivered by this or a later run of the
 * program, for 14 days. A received message is handed over until a listener has returned from it, see {@link #onMessage}.
 *
 * <p><b>Threads.</b> Every method may be called from any thread, and none waits for the network. Listeners of messages run one after the
 * other on a thread of their own: one that is slow delays later messages, which wait on the disk, and nothing else. Listeners of contacts
 * run on the thread of events, which they must not hold up. Stages that depend on a future run on the common pool, or on the caller's
 * thread when it is done already. So any of them may call this object, but only a listener of messages may {@code join} a future.
 *
 * <p><b>Failures.</b> A future fails with {@link RefusedException} when the node refuses (its {@code failure} has a code and words), and with
 * {@link HostException} when this machine is the reason. A message that is accepted and later given up is no failed future: its
 * {@link Delivery} says FAILED, and why.
 */
public interface Linnet extends AutoCloseable {
    /** How long an invite is good when nothing is said. */
    Duration INVITE_LIFE = Duration.ofDays(7);

    /**
     * Opens a home with all defaults, and makes it when there is none: network {@code linnet}, any free port of every address, no
     * passphrase.
     *
     * @throws HostException when the home or the port cannot be had, with a sentence for people
     */
    static Linnet open(Path home) {
        return at(home).open();
    }

    /** Returns a builder for what should not be as {@link #open} has it. */
    static LinnetBuilder at(Path home) {
        return new LinnetBuilder(home);
    }

    /** Returns who this is: the same for ever, on every device. */
    UserId user();

    /** Returns what this person calls themself; may be empty. */
    String name();

    /** Makes an invite link, {@code linnet:…}, good for one contact and {@link #INVITE_LIFE}. Hand it over in private. */
    default CompletableFuture<String> invite() {
        return invite(INVITE_LIFE);
    }

    /** Makes an invite link, good for one contact and {@code life}, at most 30 days. */
    CompletableFuture<String> invite(Duration life);

    /**
     * Takes somebody's invite link and asks them to become a contact. Messages to them may be sent at once; they wait until the other side
     * has accepted, which their node does by itself as soon as both can reach each other.
     *
     * @return who they are, once the request would survive a power cut
     */
    CompletableFuture<UserId> add(String link);

    /** Returns the contacts in the order of their names; waits for the node's thread, some milliseconds. */
    List<ContactView> contacts();

    /**
     * Sends words to a contact. Done when their device has the message or it was given up, which may be in 14 days: do not wait for it where
     * something else should go on.
     *
     * @param text 1 to 15,000 bytes of UTF-8
     */
    default CompletableFuture<Delivery> send(UserId to, String text) {
        return queue(to, text).thenCompose(this::delivery);
    }

    /**
     * Sends words to a contact. Done when the message would survive a power cut; it is delivered by this or a later run of the program.
     *
     * @param text 1 to 15,000 bytes of UTF-8
     */
    CompletableFuture<MessageId> queue(UserId to, String text);

    /** Waits for what becomes of a message that was queued, now or in an earlier run; fails with NOT_FOUND for an unknown one. */
    CompletableFuture<Delivery> delivery(MessageId id);

    /**
     * Hands over messages of others: first those that came before and were not handed over, then new ones as they come; in the order in
     * which they were received. Once the listener has returned, or thrown, which is logged, the message counts as seen: it is not handed over
     * again, and its sender is told if receipts are on. After a crash in between it comes again, so what must not happen twice should be
     * bound to {@link Message#id}.
     *
     * @throws IllegalStateException when there is such a listener already
     */
    Subscription onMessage(Consumer<Message> listener);

    /**
     * Tells of every change of a contact from now on: requested, accepted, refused, renamed. A listener that throws is logged, and hears
     * nothing more.
     */
    Subscription onContact(Consumer<Event.ContactChanged> listener);

    /** Stops in at most 5 s: says goodbye to everybody it is linked to. What waits goes on at the next {@link #open}. */
    @Override
    void close();
}
