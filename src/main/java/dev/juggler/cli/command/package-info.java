/**
 * The common parts of all commands: declaring and parsing options, settings, failures and exit codes, the terminal and
 * signals.
 *
 * <p>May use everything below the command line.
 */
package dev.juggler.cli.command;
