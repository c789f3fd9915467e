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
     * @param worker its id
     * @param replace whether to deploy another in its place, which announces itself; false for a worker in another JVM,
     *     whose own JVM replaces it
     */
    void lost(String worker, boolean replace);

    /** Deploys the workers that are missing for so many batches at a time. */
    void grow(int concurrency);

    /** Lets all workers finish the tasks they have started; the others come back. */
    void drain();

    /**
     * Ends the tasks that all workers are doing; their batches come back cancelled.
     *
     * @param reason for a person, in the outcomes of these tasks
     * @return the longest time that takes, for a worker that has a thread to do it on
     */
    Duration cancel(String reason);
}
