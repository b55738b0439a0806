/**
 * The browser host. {@link linnet.web.SameNumbers} is what a JVM and a browser must agree on.
 */
@NullMarked
package linnet.web;

import org.jspecify.annotations.NullMarked;
