/** JDK classes that libraries of the core need and TeaVM lacks. Nothing here is used on a JVM. */
@NullMarked
package linnet.web.jdk;

import org.jspecify.annotations.NullMarked;
