package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.EpochMicros;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A batch in progress, with the outcomes so far. Guarded by the lock of its runner. */
final class RunningBatch {
    private final TaskBatch batch;
    private final String worker;
    private final Consumer<BatchOutcome> done;
    private final List<Outcome> outcomes;
    private final long startedMicros = EpochMicros.micros();
    private final long startedNanos = System.nanoTime();
    private long taskStartedNanos = startedNanos;
    private int startedTasks;
    private boolean pauseRequested;

    RunningBatch(TaskBatch batch, String worker, Consumer<BatchOutcome> done) {
        this.batch = batch;
        this.worker = worker;
        this.done = done;
        this.outcomes = new ArrayList<>(batch.tasks().size());
    }

    /** Starts and returns the next task; null if there is none or the rest is to be returned. */
    @Nullable
    Task begin() {
        boolean isDone = startedTasks == batch.tasks().size()
                || pauseRequested
                || (startedTasks > 0
                        && batch.budgetNanos() > 0
                        && taskStartedNanos - startedNanos > batch.budgetNanos());
        return isDone ? null : batch.tasks().get(startedTasks++);
    }

    /** Returns true while a started task has no outcome. */
    boolean inTask() {
        return startedTasks > outcomes.size();
    }

    /** Returns the running time of the current task, in nanoseconds. */
    long elapsed(long nanoTime) {
        return nanoTime - taskStartedNanos;
    }

    /** Records the result of the current task. The end of one task is the start of the next. */
    void end(Result result) {
        long now = System.nanoTime();
        long started = startedMicros + (taskStartedNanos - startedNanos) / 1_000;
        long queued = Math.max(0, TimeUnit.MICROSECONDS.toNanos(started - batch.dispatchedMicros()));
        Task task = batch.tasks().get(startedTasks - 1);
        outcomes.add(new Outcome(task, batch.attempt(), result, worker, started, queued, now - taskStartedNanos));
        taskStartedNanos = now;
        // The rest is returned, since it may be for the server that asked for a pause.
        TaskError error = result.error();
        pauseRequested = error != null && error.pause().isPresent();
    }

    /** Reports the outcomes and returns the tasks not started. */
    void finish(boolean workerLost) {
        List<Task> returned = batch.tasks().subList(startedTasks, batch.tasks().size());
        done.accept(new BatchOutcome(List.copyOf(outcomes), List.copyOf(returned), workerLost));
    }

    /** Returns all tasks without an outcome, even the current one: its worker is lost through another task. */
    void returnUnfinished() {
        startedTasks = outcomes.size();
        finish(true);
    }
}
