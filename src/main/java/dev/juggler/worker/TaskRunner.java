package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import java.util.function.Consumer;

/** Does the tasks of one worker within their time, in the style that the worker's threading model allows. */
public sealed interface TaskRunner permits BlockingTaskRunner, AsyncTaskRunner {

    /**
     * Does a batch. Called on the worker's context.
     *
     * @param done told once what came of it, on the worker's context; by another thread when the worker is lost
     */
    void run(TaskBatch batch, Consumer<BatchOutcome> done);

    /** Begins no more tasks: what is not begun is handed back. Called from any thread. */
    void drain();

    /**
     * Ends what is running and hands back what is not begun. Called from any thread; the batches complete as usual,
     * at the latest when the patience of the work is over.
     */
    void cancel(String reason);

    /** Frees what the worker holds. Called on the worker's context. */
    void close();
}
