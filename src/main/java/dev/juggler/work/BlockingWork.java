package dev.juggler.work;

import dev.juggler.job.Result;
import dev.juggler.job.Task;

/**
 * How one worker does a task with code that may block: on a worker thread or a virtual thread, one task after another.
 */
public interface BlockingWork extends AutoCloseable {

    /**
     * Does the task and returns what came of it. Expected failures are results, not exceptions.
     *
     * <p>When the calling thread is interrupted (its timeout passed, or the run ends) the method ends what it has
     * begun, leaves nothing behind, and throws {@code InterruptedException} or returns any result with what is known so
     * far: the caller turns it into one that timed out or was cancelled.
     *
     * @throws InterruptedException when interrupted
     * @throws RuntimeException for a defect, which becomes a failed attempt
     */
    Result run(Task task) throws InterruptedException;

    /** Frees what this worker alone holds. Called on the worker's thread when it is undeployed. */
    @Override
    default void close() {}
}
