package dev.juggler.work;

import org.jspecify.annotations.Nullable;

/**
 * Rejects work that fails for every input: an unknown function, a source that does not compile, an output folder that
 * is a file. The message is one line for the user. No task has run.
 */
public final class InvalidWorkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** True when results cannot be written, false when the request is invalid. */
    private final boolean output;

    private InvalidWorkException(String message, boolean output, @Nullable Throwable cause) {
        super(message, cause);
        this.output = output;
    }

    /** Returns the exception for an invalid request: exit code 2. */
    public static InvalidWorkException usage(String message) {
        return new InvalidWorkException(message, false, null);
    }

    /** Returns the exception for results that cannot be written: exit code 5. */
    public static InvalidWorkException output(String message, @Nullable Throwable cause) {
        return new InvalidWorkException(message, true, cause);
    }

    /** Returns whether results cannot be written. */
    public boolean isOutput() {
        return output;
    }
}
