/**
 * The node as a process: {@link linnet.app.node.Daemon} runs it, {@link linnet.app.node.Running} is what a home tells about the
 * process that runs in it.
 */
@NullMarked
package linnet.app.node;

import org.jspecify.annotations.NullMarked;
