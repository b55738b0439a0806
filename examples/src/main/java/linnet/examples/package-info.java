/** Programs that carry a node inside: {@link linnet.examples.Hello} first, then {@link linnet.examples.EchoBot}. */
@NullMarked
package linnet.examples;

import org.jspecify.annotations.NullMarked;
