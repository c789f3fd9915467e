package dev.juggler.journal;

import org.jspecify.annotations.Nullable;

/** Reports a journal that cannot be used. The message is one line for the user and names the file. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean output;

    private JournalException(String message, boolean output, @Nullable Throwable cause) {
        super(message, cause);
        this.output = output;
    }

    /** Returns the exception for a file that is damaged, of another job, or in use. */
    static JournalException rejected(String message) {
        return new JournalException(message, false, null);
    }

    /** Returns the exception for a file that cannot be read or written. */
    public static JournalException io(String message, @Nullable Throwable cause) {
        return new JournalException(message, true, cause);
    }

    /** Returns whether the file system failed, rather than the content being unsuitable. */
    public boolean isOutput() {
        return output;
    }
}
