/**
 * The command line: it turns options into jobs, writes results to stdout and everything else to stderr, and ends with
 * an exit code.
 *
 * <p>May use everything below. Commands run on the main thread, which waits for the run; signals arrive on a separate
 * thread.
 */
@NullMarked
package dev.juggler.cli;

import org.jspecify.annotations.NullMarked;
