package dev.juggler.work;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import io.vertx.core.Future;

/** Executes tasks on an event loop for one worker: many in flight on one thread, with code that never blocks. */
public interface AsyncWork extends AutoCloseable {

    /**
     * Starts the task and returns the future of its result. Called on the worker's event loop; the future completes
     * there too, or is complete on return. Expected failures are results; a failed future is a defect, which becomes a
     * failed attempt.
     *
     * @param cancellation cancelled when the attempt times out or the run ends. The work then stops and completes the
     *     future with any result; the caller turns it into one that timed out or was cancelled
     */
    Future<Result> start(Task task, Cancellation cancellation);

    /** Frees this worker's own resources, on its event loop. */
    @Override
    default void close() {}
}
