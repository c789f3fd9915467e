package dev.juggler.job;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an attempt failed, as data.
 *
 * @param type a short stable name in lower case with dashes, such as {@code http-status} or {@code connect}
 * @param message one line for a person; it may carry text from servers or files and is escaped where it is printed
 * @param retryable whether another attempt may go better
 * @param pause how long the task's whole group is to be left alone, as the other side asked; empty when it did not
 */
public record TaskError(String type, String message, boolean retryable, Optional<Duration> pause) {
    private static final String WORKER_LOST = "worker-lost";

    private static final String UNWRITABLE = "unwritable";

    /** An error that asks for no pause. */
    public TaskError(String type, String message, boolean retryable) {
        this(type, message, retryable, Optional.empty());
    }

    /** An error that another attempt cannot mend. */
    public static TaskError permanent(String type, String message) {
        return new TaskError(type, message, false);
    }

    /** An error that may go away by itself. */
    public static TaskError passing(String type, String message) {
        return new TaskError(type, message, true);
    }

    /** The place that results are saved to takes no more, whatever the task: its disk is full, say. */
    public static TaskError unwritable(String message) {
        return permanent(UNWRITABLE, message);
    }

    /** Whether all other tasks would fail in the same way, so that the run had better end. */
    public boolean endsRun() {
        return type.equals(UNWRITABLE);
    }

    /** The attempt ended with its worker: its process died, or was not heard of any more. It is always tried again. */
    public static TaskError workerLost(String why) {
        return passing(WORKER_LOST, "its worker was lost: " + why);
    }

    /** The task is set aside: every worker that did it died. */
    public static TaskError poison(int deaths, String why) {
        return permanent("poison", deaths + " workers died with it: " + why);
    }

    /** Whether the attempt ended with its worker. */
    public boolean isWorkerLost() {
        return type.equals(WORKER_LOST);
    }

    /** The error of code that threw what it should not have: named after the exception. */
    public static TaskError of(Throwable thrown) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getSimpleName();
        return permanent("exception", message == null ? name : name + ": " + message);
    }

    /** This error with the wish to be left alone for a time. */
    public TaskError pausing(Duration time) {
        return new TaskError(type, message, retryable, Optional.of(time));
    }
}
