/** Reading and writing JSON, strictly and within limits: {@link linnet.app.json.Json}. */
@NullMarked
package linnet.app.json;

import org.jspecify.annotations.NullMarked;
