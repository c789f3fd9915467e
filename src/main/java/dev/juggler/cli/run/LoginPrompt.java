package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import java.io.Console;

/** Asks for a password on the terminal. */
final class LoginPrompt {
    /** Separates name and password. */
    static final String SEPARATOR = ":";

    private LoginPrompt() {}

    /**
     * Reads a password without echo.
     *
     * @throws CommandFailure when there is no terminal, or it was closed
     */
    static String password(String user) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw CommandFailure.usage("--user has no password, and there is no terminal to ask for it; write"
                    + " '--user NAME:${VARIABLE}' and set the variable");
        }
        char[] typed = console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw CommandFailure.usage("no password was given for --user " + user);
        }
        return new String(typed);
    }
}
