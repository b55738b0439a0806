/**
 * What a node keeps, in one SQLite file: what the protocols need, the history, the events, and three tables for people
 * with any SQL tool.
 *
 * <p>{@link SqliteStore} is the store that the core sees; {@link Disk} is the only one that writes, {@link Reading} reads.
 */
@NullMarked
package linnet.jvm.sqlite;

import org.jspecify.annotations.NullMarked;
