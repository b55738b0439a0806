/**
 * {@code linnet bench page}: how fast the page is in Chromium. {@link linnet.bench.page.PageBench} is the verb,
 * {@link linnet.bench.page.BigHome} what the page is shown, {@link linnet.bench.page.Chromium} where.
 */
@NullMarked
package linnet.bench.page;

import org.jspecify.annotations.NullMarked;
