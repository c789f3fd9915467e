package dev.juggler.work;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import io.vertx.core.Future;

/** How one worker does tasks on an event loop: many in flight, on one thread, with code that does not block. */
public interface AsyncWork extends AutoCloseable {

    /**
     * Begins the task and returns the future of what comes of it. Called on the worker's event loop; the future
     * completes there too, or is complete on return. Expected failures are results; a failed future is a defect, which
     * becomes a failed attempt.
     *
     * @param cancellation told when the attempt's time is up or the run ends: the work then ends what it has begun and
     *     completes the future with any result; the caller turns it into one that timed out or was cancelled
     */
    Future<Result> start(Task task, Cancellation cancellation);

    /** Frees what this worker alone holds, on its event loop. */
    @Override
    default void close() {}
}
