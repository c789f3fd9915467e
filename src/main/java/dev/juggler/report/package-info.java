/**
 * The results of runs and comparisons: records, statistics, and tables for a terminal or a file.
 *
 * <p>May use {@code job}. Everything here but {@link dev.juggler.report.OutcomeTally} is immutable or confined to one
 * call, so any thread may use it. Nothing blocks.
 */
@NullMarked
package dev.juggler.report;

import org.jspecify.annotations.NullMarked;
