/** The linnet command. */
@NullMarked
package linnet.app;

import org.jspecify.annotations.NullMarked;
