/**
 * The command line: options to jobs, results to stdout, everything else to stderr, and what happened to an exit code.
 *
 * <p>May use everything below. Commands run on the main thread, which waits for the run; signals come on a thread of
 * their own.
 */
package dev.juggler.cli;
