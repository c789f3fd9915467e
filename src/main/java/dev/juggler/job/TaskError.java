package dev.juggler.job;

import java.time.Duration;
import java.util.Optional;

/**
 * The reason why an attempt did not succeed.
 *
 * @param type a short stable name in lower case with dashes, such as {@code http-status} or {@code connect}
 * @param message one line for the user; it may contain text of servers or files, and is escaped where it is printed
 * @param retryable whether another attempt may succeed
 * @param pause the pause of the task's whole group that the server requests; empty when it requests none
 */
public record TaskError(String type, String message, boolean retryable, Optional<Duration> pause) {
    private static final String WORKER_LOST = "worker-lost";

    private static final String UNWRITABLE = "unwritable";

    /** An error that asks for no pause. */
    public TaskError(String type, String message, boolean retryable) {
        this(type, message, retryable, Optional.empty());
    }

    /** An error that another attempt cannot fix. */
    public static TaskError permanent(String type, String message) {
        return new TaskError(type, message, false);
    }

    /** An error that may pass, so that another attempt may succeed. */
    public static TaskError passing(String type, String message) {
        return new TaskError(type, message, true);
    }

    /** The error of an output that takes no more results, whatever the task: its disk is full, for instance. */
    public static TaskError unwritable(String message) {
        return permanent(UNWRITABLE, message);
    }

    /** Returns whether all other tasks would fail too, so that the run should end. */
    public boolean endsRun() {
        return type.equals(UNWRITABLE);
    }

    /** The error of an attempt whose worker died or no longer answers. Such an attempt is always retried. */
    public static TaskError workerLost(String why) {
        return passing(WORKER_LOST, "its worker was lost: " + why);
    }

    /** The error of a task that is abandoned, because every worker that ran it died. */
    public static TaskError poison(int deaths, String why) {
        return permanent("poison", deaths + " workers died with it: " + why);
    }

    /** Returns whether the attempt ended because its worker was lost. */
    public boolean isWorkerLost() {
        return type.equals(WORKER_LOST);
    }

    /** The error of code that threw an unexpected exception, with the name of its class. */
    public static TaskError of(Throwable thrown) {
        String message = thrown.getMessage();
        String name = className(thrown.getClass());
        return permanent("exception", message == null ? name : name + ": " + message);
    }

    /** Returns the simple name of a class; of an anonymous one, that of the class it extends. */
    private static String className(Class<?> type) {
        Class<?> named = type;
        while (named.getSimpleName().isEmpty() && named.getSuperclass() != null) {
            named = named.getSuperclass();
        }
        return named.getSimpleName();
    }

    /** This error with a request for a pause of the group. */
    public TaskError pausing(Duration time) {
        return new TaskError(type, message, retryable, Optional.of(time));
    }
}
