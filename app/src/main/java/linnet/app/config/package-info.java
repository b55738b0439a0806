/**
 * Configuration: {@link linnet.app.config.Setting} is the one table of options, {@link linnet.app.config.Config} reads it from the
 * file, the environment and the flags.
 */
@NullMarked
package linnet.app.config;

import org.jspecify.annotations.NullMarked;
