/** Pages that are made from the program, so that they cannot be wrong: {@link linnet.app.docs.Pages}. */
@NullMarked
package linnet.app.docs;

import org.jspecify.annotations.NullMarked;
