package dev.juggler.journal;

/** A journal that cannot be used; the message is one line for a person and names the file. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean output;

    private JournalException(String message, boolean output, Throwable cause) {
        super(message, cause);
        this.output = output;
    }

    /** The file is not what was asked for: damaged, of another job, in use. */
    static JournalException refused(String message) {
        return new JournalException(message, false, null);
    }

    /** The file, or one beside it, cannot be written or read. */
    public static JournalException io(String message, Throwable cause) {
        return new JournalException(message, true, cause);
    }

    /** Returns whether the file system is at fault, rather than the content. */
    public boolean isOutput() {
        return output;
    }
}
