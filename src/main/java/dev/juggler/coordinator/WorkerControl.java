package dev.juggler.coordinator;

import java.time.Duration;

/** What a coordinator asks of those who deployed the workers. Called on the coordinator's event loop. */
public interface WorkerControl {

    /**
     * A worker is stuck in its task and is left to itself.
     *
     * @param replace whether another is to be deployed in its place, which announces itself; never for a worker in another
     *     JVM, where that is seen to
     */
    void lost(String worker, boolean replace);

    /** So many batches are now worked on at a time: deploys what workers are missing for that. */
    void grow(int concurrency);

    /** Lets all workers end what they have begun; what they have not begun comes back. */
    void drain();

    /**
     * Ends what all workers are doing; their batches come back cancelled.
     *
     * @return how long that takes at most, for a worker that has a thread to do it on
     */
    Duration cancel(String reason);
}
