package dev.juggler.coordinator;

import java.time.Duration;

/**
 * Deploys, drains and cancels the workers of a job on behalf of its coordinator. Called on the coordinator's event
 * loop.
 */
public interface WorkerControl {

    /**
     * Abandons a worker that is stuck in its task.
     *
     * @param worker the worker's id
     * @param replace whether to deploy a replacement, which announces itself; false for a worker in another JVM, which
     *     replaces it itself
     */
    void lost(String worker, boolean replace);

    /** Deploys the workers that are missing for this many batches at a time. */
    void grow(int concurrency);

    /** Makes all workers finish the tasks they have started and return the others. */
    void drain();

    /**
     * Ends the running tasks of all workers; their batches are answered with cancelled tasks.
     *
     * @param reason the reason for users, in the outcomes of these tasks
     * @return the longest time that this takes for a worker that has a thread to do it on
     */
    Duration cancel(String reason);
}
