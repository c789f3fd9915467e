package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.job.EpochMicros;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one job, from the page on which they are read to their last outcome. Chooses the next batch, and decides
 * whether an attempt that ended is retried or is the task's last. Each task is counted once.
 *
 * <p>Confined to the coordinator's event loop.
 */
final class JobTasks {
    private final Job job;
    private final OutcomeQueue outcomes;
    private final JobProgress progress = new JobProgress();
    private final PoisonTaskDetector poisonTasks = new PoisonTaskDetector();
    private final TaskGroups groups;
    private final Backlog backlog;

    /**
     * Starts without tasks.
     *
     * @param outcomes takes the outcome of every attempt
     * @param groupOf names the group of a task; called only if limits need it
     */
    JobTasks(Job job, OutcomeQueue outcomes, Function<Task, String> groupOf) {
        this.job = job;
        this.outcomes = outcomes;
        this.groups = new TaskGroups(job.limits().perGroup(), groupOf);
        this.backlog = new Backlog(groups, outcomes::expect);
    }

    /** The counts of tasks, and the reason why the job ends. */
    JobProgress progress() {
        return progress;
    }

    /**
     * Returns whether the next page of inputs is needed: at most half a page is left, and not too many tasks wait for a
     * retry.
     */
    boolean needsPage() {
        return !backlog.isCrowded() && backlog.fresh() <= InputPrefetcher.PAGE / 2;
    }

    /** Adds a page of inputs. */
    void add(List<Task> page) {
        backlog.add(page);
    }

    /** Returns whether no task waits to be dispatched. */
    boolean isEmpty() {
        return backlog.isEmpty() && poisonTasks.isEmpty();
    }

    /**
     * Takes the next batch and counts its fresh tasks as submitted; null if none can be dispatched now.
     *
     * @param max the largest number of tasks
     * @param mayRunAhead whether tasks that were never dispatched may be taken
     */
    @Nullable
    Batch next(int max, long nanoTime, boolean mayRunAhead) {
        Batch suspect = poisonTasks.next();
        Batch batch = suspect != null ? suspect : backlog.take(max, nanoTime, mayRunAhead);
        if (batch != null && batch.fresh()) {
            progress.submitted(batch.tasks().size());
        }
        return batch;
    }

    /** The time at which the next batch can be dispatched; see {@link Backlog#nextDue}. */
    OptionalLong nextDue(long nanoTime, boolean mayRunAhead) {
        return backlog.nextDue(nanoTime, mayRunAhead);
    }

    /** Returns whether group limits and poison tasks permit a copy of this batch at a second worker. */
    boolean mayCopy(Batch batch, long nanoTime) {
        return !groups.areEnforced(nanoTime) && !poisonTasks.isAnySuspect(batch.tasks());
    }

    /** Records the reply to a batch: its outcomes, and the tasks that its worker did not start. */
    void complete(Batch sent, BatchOutcome reply) {
        leaveFlight(sent.tasks());
        reply.outcomes().forEach(this::record);
        requeueOrCancel(reply.returned(), sent.attempt());
    }

    /** Takes back a batch that its worker did not start or will not reply to. */
    void reclaim(Batch batch) {
        leaveFlight(batch.tasks());
        requeueOrCancel(batch.tasks(), batch.attempt());
    }

    /**
     * Ends the attempts of a batch whose worker's JVM died while it may have been running any of them.
     *
     * @param why the reason, for the errors of these attempts
     */
    void workerDied(InFlightBatch batch, String why) {
        for (Task task : batch.sent().tasks()) {
            boolean poison = poisonTasks.recordDeath(task);
            if (batch.awaits(task)) {
                TaskError error =
                        poison ? TaskError.poison(PoisonTaskDetector.MAX_DEATHS, why) : TaskError.workerLost(why);
                recordLost(lostAttempt(batch, task, error), poison);
            }
        }
    }

    private static Outcome lostAttempt(InFlightBatch batch, Task task, TaskError error) {
        long ran = System.nanoTime() - batch.sentNanos();
        long startedMicros = EpochMicros.micros() - TimeUnit.NANOSECONDS.toMicros(ran);
        Result failed = new Result.Failed(error);
        return new Outcome(task, batch.sent().attempt(), failed, batch.worker().worker(), startedMicros, 0, ran);
    }

    /** Retries a lost attempt at once, unless it was the task's last or the job is being stopped. */
    private void recordLost(Outcome attempt, boolean last) {
        Task task = attempt.task();
        leaveFlight(List.of(task));
        if (progress.isStopping() && !last) {
            cancel(task, attempt.attempt());
            return;
        }
        progress.attempted();
        if (last) {
            progress.done(attempt);
        } else {
            requeue(List.of(task), attempt.attempt() + 1);
        }
        outcomes.add(attempt, last);
    }

    private void record(Outcome outcome) {
        progress.attempted();
        boolean retried = !progress.isStopping() && job.retry().retries(outcome.attempt(), outcome.result());
        if (retried) {
            long delay = job.retry().delayMillis(outcome.attempt(), ThreadLocalRandom.current());
            backlog.retry(outcome, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay));
        } else {
            progress.done(outcome);
        }
        outcomes.add(outcome, !retried);
        TaskError error = outcome.result().error();
        if (error != null) {
            error.pause().ifPresent(time -> pauseGroup(outcome.task(), time));
        }
    }

    private void pauseGroup(Task task, Duration time) {
        groups.pause(task, time.toNanos(), System.nanoTime());
    }

    private void leaveFlight(List<Task> tasks) {
        groups.leaveFlight(tasks, System.nanoTime());
        poisonTasks.leaveFlight(tasks);
    }

    private void requeueOrCancel(List<Task> tasks, int attempt) {
        if (progress.isStopping()) {
            tasks.forEach(task -> cancel(task, attempt));
        } else {
            requeue(tasks, attempt);
        }
    }

    private void requeue(List<Task> tasks, int attempt) {
        if (poisonTasks.mustRunAlone(tasks)) {
            poisonTasks.add(tasks, attempt);
        } else {
            backlog.requeue(tasks, attempt);
        }
    }

    /** Accounts for a dispatched task that no worker will run. */
    private void cancel(Task task, int attempt) {
        Result cancelled = Result.Cancelled.because("the run ended before this task began", null);
        Outcome outcome = new Outcome(task, attempt, cancelled, "", EpochMicros.micros(), 0, 0);
        progress.done(outcome);
        outcomes.add(outcome, true);
    }

    /** Accounts for all tasks that wait. Called once the job is being stopped. */
    void dropWaiting() {
        Backlog.Dropped dropped = backlog.drop();
        dropped.failed().forEach(this::settle);
        dropped.requeued().forEach(batch -> requeueOrCancel(batch.tasks(), batch.attempt()));
        poisonTasks.drop().forEach(batch -> requeueOrCancel(batch.tasks(), batch.attempt()));
        dropped.untouched().forEach(outcomes::settle);
    }

    /** Counts a task by an attempt whose row is written already. */
    private void settle(Outcome last) {
        progress.done(last);
        outcomes.settle(last.task());
    }
}
