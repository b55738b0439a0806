/** Figures of the measuring commands, and how they are judged: {@link linnet.app.report.Report}. */
@NullMarked
package linnet.app.report;

import org.jspecify.annotations.NullMarked;
