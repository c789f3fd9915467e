package dev.juggler.work;

import dev.juggler.job.Result;
import dev.juggler.job.Task;

/**
 * Executes tasks for one worker with code that may block, one after another, on a worker thread or a virtual thread.
 */
public interface BlockingWork extends AutoCloseable {

    /**
     * Executes the task and returns its result. Expected failures are results, not exceptions.
     *
     * <p>When the calling thread is interrupted, because the attempt timed out or the run ends, the method stops,
     * cleans up, and throws {@code InterruptedException} or returns any result with the facts known so far. The caller
     * turns it into one that timed out or was cancelled.
     *
     * @throws InterruptedException when interrupted
     * @throws RuntimeException for a defect, which becomes a failed attempt
     */
    Result run(Task task) throws InterruptedException;

    /** Frees this worker's own resources. Called on the worker's thread when it is undeployed. */
    @Override
    default void close() {}
}
