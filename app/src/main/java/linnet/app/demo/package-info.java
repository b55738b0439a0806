/**
 * Three nodes as processes of their own, introduced to each other: for a look, and as the test of the whole program.
 * {@link linnet.app.demo.Theatre} holds the processes, {@link linnet.app.demo.Script} is the test, {@link linnet.app.demo.Ledger} judges.
 */
@NullMarked
package linnet.app.demo;

import org.jspecify.annotations.NullMarked;
