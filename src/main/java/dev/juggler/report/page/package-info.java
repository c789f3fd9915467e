/**
 * Renders comparisons as a self-contained HTML page and as chart files.
 *
 * <p>May use {@code job} and {@code report}. Everything here is immutable or confined to one call. Rendering takes a
 * few tenths of a second of CPU time and blocks the calling thread.
 */
@NullMarked
package dev.juggler.report.page;

import org.jspecify.annotations.NullMarked;
