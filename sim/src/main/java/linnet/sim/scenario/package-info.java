/** Stories that are run a thousand times with other chance: {@link linnet.sim.scenario.TalkRun} is where to start. */
@NullMarked
package linnet.sim.scenario;

import org.jspecify.annotations.NullMarked;
