/**
 * What people say to each other: never lost, shown once, in order, and always with where it is and what it waits for.
 *
 * <p>{@link linnet.core.message.Outbox} sends until the recipient's device says that it has the message, {@link
 * linnet.core.message.Inbox} opens, orders and shows. {@link linnet.core.message.Backoff}, {@link linnet.core.message.Sequence}
 * and {@link linnet.core.message.Window} are mechanisms: no clock, no disk, no network. The story is docs/protocol/message.md.
 */
@NullMarked
package linnet.core.message;

import org.jspecify.annotations.NullMarked;
