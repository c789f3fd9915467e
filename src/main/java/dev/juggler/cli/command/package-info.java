/**
 * What all commands share: declaring and parsing options, settings, errors and exit codes, the terminal and signals.
 *
 * <p>May use everything below the command line.
 */
package dev.juggler.cli.command;
