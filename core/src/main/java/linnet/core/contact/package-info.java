/**
 * Who is where: contacts with the cards they showed, invites, and this device's own card with its prekeys.
 *
 * <p>{@link linnet.core.contact.Contacts} is the protocol, {@link linnet.core.contact.Contact} one row of it. The formats are in
 * {@code core/src/main/proto/linnet/contact.proto}, the story in docs/protocol/message.md.
 */
@NullMarked
package linnet.core.contact;

import org.jspecify.annotations.NullMarked;
