package dev.juggler.bus;

import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.List;

/** What a coordinator and its workers say to each other. */
public sealed interface BusMessage {

    /**
     * A worker is there and takes work.
     *
     * @param worker its id, such as {@code threads-3}
     * @param address where it takes batches
     * @param credit how many batches it works on at a time
     */
    record WorkerReady(String worker, String address, int credit) implements BusMessage {}

    /**
     * Tasks for one worker; the reply is a {@link BatchOutcome}.
     *
     * @param tasks done one after another
     * @param attempt which try this is for all of them, counted from 1
     * @param dispatchedMicros when it was sent, in microseconds since 1970 UTC
     * @param budgetNanos after this time the worker hands back what it has not begun, in nanoseconds; 0 for never
     */
    record TaskBatch(List<Task> tasks, int attempt, long dispatchedMicros, long budgetNanos) implements BusMessage {}

    /**
     * What came of a batch.
     *
     * @param outcomes of the tasks that were tried
     * @param returned the tasks that were not begun and are to be done elsewhere
     * @param workerLost whether the worker is stuck in a task that does not end: it takes no more, and batches it has not
     *     answered are to be done elsewhere
     */
    record BatchOutcome(List<Outcome> outcomes, List<Task> returned, boolean workerLost) implements BusMessage {}
}
