package dev.juggler.work;

/**
 * The work itself is wrong, whatever the inputs: an unknown function, a source that does not compile, an output folder
 * that is a file. Its message is one line for a person, and nothing has been run.
 */
public final class InvalidWorkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** True when the fault lies with the place results go to rather than with what was asked. */
    private final boolean output;

    private InvalidWorkException(String message, boolean output, Throwable cause) {
        super(message, cause);
        this.output = output;
    }

    /** What was asked for cannot be done: exit code 2. */
    public static InvalidWorkException usage(String message) {
        return new InvalidWorkException(message, false, null);
    }

    /** The place for results cannot be written: exit code 5. */
    public static InvalidWorkException output(String message, Throwable cause) {
        return new InvalidWorkException(message, true, cause);
    }

    /** Returns whether results have no place to go to. */
    public boolean isOutput() {
        return output;
    }
}
