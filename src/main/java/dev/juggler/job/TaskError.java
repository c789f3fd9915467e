package dev.juggler.job;

/**
 * Why an attempt failed, as data.
 *
 * @param type a short stable name in lower case with dashes, such as {@code http-status} or {@code connect}
 * @param message one line for a person; it may carry text from servers or files and is escaped where it is printed
 * @param retryable whether another attempt may go better
 */
public record TaskError(String type, String message, boolean retryable) {

    /** An error that another attempt cannot mend. */
    public static TaskError permanent(String type, String message) {
        return new TaskError(type, message, false);
    }

    /** An error that may go away by itself. */
    public static TaskError passing(String type, String message) {
        return new TaskError(type, message, true);
    }

    /** The error of code that threw what it should not have: named after the exception. */
    public static TaskError of(Throwable thrown) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getSimpleName();
        return permanent("exception", message == null ? name : name + ": " + message);
    }
}
