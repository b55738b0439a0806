/** Looks for what is wrong with a home and its node: {@link linnet.app.doctor.Doctor}. */
@NullMarked
package linnet.app.doctor;

import org.jspecify.annotations.NullMarked;
