package dev.juggler.cli.command;

import picocli.CommandLine;

/** Makes the parser of a command line. Commands that run another command's job are given one. */
@FunctionalInterface
public interface CommandParser {

    /** The parser for these arguments: with the command they begin with, or else with all of them. */
    CommandLine parserFor(CommandTail tail);
}
