/**
 * The verbs of the command line. {@link linnet.app.cli.Verb} is what they share, {@link linnet.app.cli.Exit} how they end. Standard
 * output is data, standard error is talk.
 */
@NullMarked
package linnet.app.cli;

import org.jspecify.annotations.NullMarked;
