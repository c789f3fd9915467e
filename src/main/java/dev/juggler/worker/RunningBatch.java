package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.EpochMicros;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A batch that a worker is in the middle of. Guarded by the lock of its runner. */
final class RunningBatch {
    private final TaskBatch batch;
    private final String worker;
    private final Consumer<BatchOutcome> done;
    private final List<Outcome> outcomes;
    private final long startedMicros = EpochMicros.micros();
    private final long startedNanos = System.nanoTime();
    private long taskStartedNanos = startedNanos;
    private int begun;
    private boolean asksForPause;

    RunningBatch(TaskBatch batch, String worker, Consumer<BatchOutcome> done) {
        this.batch = batch;
        this.worker = worker;
        this.done = done;
        this.outcomes = new ArrayList<>(batch.tasks().size());
    }

    /** The next task, now begun; null when there is none, or when the rest is to go back. */
    Task begin() {
        boolean over = begun == batch.tasks().size()
                || asksForPause
                || (begun > 0 && batch.budgetNanos() > 0 && taskStartedNanos - startedNanos > batch.budgetNanos());
        return over ? null : batch.tasks().get(begun++);
    }

    /** Whether a task is begun that has no outcome yet. */
    boolean inTask() {
        return begun > outcomes.size();
    }

    /** How long the task that is begun has been running, in nanoseconds. */
    long elapsed(long nanoTime) {
        return nanoTime - taskStartedNanos;
    }

    /** Records what came of the task that is begun. The end of one task is the start of the next. */
    void end(Result result) {
        long now = System.nanoTime();
        long started = startedMicros + (taskStartedNanos - startedNanos) / 1_000;
        long queued = Math.max(0, TimeUnit.MICROSECONDS.toNanos(started - batch.dispatchedMicros()));
        Task task = batch.tasks().get(begun - 1);
        outcomes.add(new Outcome(task, batch.attempt(), result, worker, started, queued, now - taskStartedNanos));
        taskStartedNanos = now;
        // The rest goes back: it may be for the server that wants to be left alone.
        asksForPause = result.error() != null && result.error().pause().isPresent();
    }

    /** Says what came of the batch; what is not begun goes back. */
    void finish(boolean workerLost) {
        List<Task> rest = batch.tasks().subList(begun, batch.tasks().size());
        done.accept(new BatchOutcome(List.copyOf(outcomes), List.copyOf(rest), workerLost));
    }

    /** Hands back what has no outcome, even the task that is begun: it was well, but its worker is lost. */
    void handBack() {
        begun = outcomes.size();
        finish(true);
    }
}
