/**
 * The same seed gives the same run everywhere. {@link linnet.web.same.SeedRun} is what every machine executes, {@link
 * linnet.web.same.Machine} starts it on a JVM or on Node, {@link linnet.web.same.Determinism} compares.
 */
@NullMarked
package linnet.web.same;

import org.jspecify.annotations.NullMarked;
