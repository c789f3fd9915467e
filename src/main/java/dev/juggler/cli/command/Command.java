package dev.juggler.cli.command;

import java.util.concurrent.Callable;

/** A command of the command line: declares its options, and is called for its exit code once they are parsed. */
public interface Command extends Callable<Integer> {
    /** Declares its options, its arguments and its help. */
    void declare(OptionSyntax syntax);
}
