package dev.juggler.cli.command;

import java.util.concurrent.Callable;

/** A command of the command line: says what may be said to it, and is then called with that for its exit code. */
public interface Command extends Callable<Integer> {
    /** Declares its options and arguments, and what its help says. */
    void declare(OptionSyntax syntax);
}
