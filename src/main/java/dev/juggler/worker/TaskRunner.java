package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import java.util.function.Consumer;

/** Runs the tasks of one worker and enforces their timeouts, as the worker's threading model allows. */
public sealed interface TaskRunner permits BlockingTaskRunner, AsyncTaskRunner {

    /**
     * Runs a batch. Called on the worker's context.
     *
     * @param done receives the outcome once, on the worker's context; on another thread when the worker is lost
     */
    void run(TaskBatch batch, Consumer<BatchOutcome> done);

    /** Starts no more tasks and returns those not started. Called from any thread. */
    void drain();

    /**
     * Cancels the running tasks and returns those not started. Called from any thread. The batches complete as usual,
     * at the latest when the grace period of the work is over.
     */
    void cancel(String reason);

    /** Releases the worker's resources. Called on the worker's context. */
    void close();
}
