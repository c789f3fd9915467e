package dev.juggler.cli.command;

import picocli.CommandLine;

/** Creates the parser of a command line, for commands that run the job of another command. */
@FunctionalInterface
public interface CommandParser {

    /** Returns the parser for these arguments, with the command that they begin with, or with all commands. */
    CommandLine parserFor(CommandTail tail);
}
