/**
 * The common parts of all commands: declaring and parsing options, settings, failures and exit codes, the terminal and
 * signals.
 *
 * <p>May use everything below the command line.
 */
@NullMarked
package dev.juggler.cli.command;

import org.jspecify.annotations.NullMarked;
