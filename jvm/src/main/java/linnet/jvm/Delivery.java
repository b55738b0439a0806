package linnet.jvm;

import linnet.core.env.Failure;
import linnet.core.event.Stage;
import linnet.core.id.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * What became of an own message.
 *
 * @param id the message
 * @param stage DELIVERED or READ; FAILED when it was given up
 * @param path how it travelled: {@code direct}; empty when it failed
 * @param cause why it was given up; null when it arrived
 */
public record Delivery(
        MessageId id, Stage stage, String path, @Nullable Failure cause) {}
