package dev.juggler.coordinator;

import dev.juggler.coordinator.Backlog.Batch;
import dev.juggler.coordinator.InFlightBatches.InFlightBatch;
import dev.juggler.job.EpochMicros;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of a task that comes back: it is done, or tried again, or cut off by the end of the run. Each is counted
 * once. Confined to the coordinator's event loop.
 */
final class TaskResults {
    private final Job job;
    private final JobProgress state;
    private final Backlog backlog;
    private final PoisonTaskDetector suspects;
    private final TaskGroups groups;
    private final OutcomeQueue outbox;

    TaskResults(
            Job job,
            JobProgress state,
            Backlog backlog,
            PoisonTaskDetector suspects,
            TaskGroups groups,
            OutcomeQueue outbox) {
        this.job = job;
        this.state = state;
        this.backlog = backlog;
        this.suspects = suspects;
        this.groups = groups;
        this.outbox = outbox;
    }

    /** An attempt has ended. */
    void take(Outcome outcome) {
        state.attempted();
        boolean again = !state.stopping() && job.retry().retries(outcome.attempt(), outcome.result());
        if (again) {
            long delay = job.retry().delayMillis(outcome.attempt(), ThreadLocalRandom.current());
            backlog.retry(outcome, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay));
        } else {
            state.done(outcome);
        }
        outbox.add(outcome, !again);
        if (outcome.result().error() != null) {
            outcome.result().error().pause().ifPresent(time -> pause(outcome.task(), time));
        }
    }

    private void pause(Task task, Duration time) {
        groups.pause(task, time.toNanos(), System.nanoTime());
    }

    /** Why there is no use in going on, when one of these outcomes says so. */
    static Optional<IOException> endOfRun(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            TaskError error = outcome.result().error();
            if (error != null && error.endsRun()) {
                return Optional.of(
                        new IOException(error.message() + ": the run ends here, since others would fail too"));
            }
        }
        return Optional.empty();
    }

    /** An attempt has ended with its worker: it is tried again at once, unless it was the last that is made. */
    void takeLost(Outcome attempt, boolean last) {
        Task task = attempt.task();
        landed(List.of(task));
        if (state.stopping() && !last) {
            cutOff(task, attempt.attempt());
            return;
        }
        state.attempted();
        if (last) {
            state.done(attempt);
        } else {
            again(List.of(task), attempt.attempt() + 1);
        }
        outbox.add(attempt, last);
    }

    /** What has not come back from a worker is in flight no more. */
    void takeBack(Batch share) {
        landed(share.tasks());
        takeBack(share.tasks(), share.attempt());
    }

    /** The same for several batches. */
    void takeBackAll(List<InFlightBatch> flights) {
        flights.forEach(flight -> takeBack(flight.awaited()));
    }

    /** Tasks that a worker did not begin. */
    void takeBack(List<Task> returned, int attempt) {
        if (state.stopping()) {
            returned.forEach(task -> cutOff(task, attempt));
        } else {
            again(returned, attempt);
        }
    }

    /** A batch of these tasks is in flight no more. */
    void landed(List<Task> tasks) {
        groups.landed(tasks, System.nanoTime());
        suspects.returned(tasks);
    }

    private void again(List<Task> tasks, int attempt) {
        if (suspects.areWary(tasks)) {
            suspects.add(tasks, attempt);
        } else {
            backlog.giveBack(tasks, attempt);
        }
    }

    /** Accounts for a task that was dispatched and that nobody will do. */
    private void cutOff(Task task, int attempt) {
        Result cancelled = Result.Cancelled.because("the run ended before this task began", null);
        Outcome outcome = new Outcome(task, attempt, cancelled, "", EpochMicros.micros(), 0, 0);
        state.done(outcome);
        outbox.add(outcome, true);
    }

    /** Accounts for all that waits, once the run is being stopped. */
    void dropAll() {
        Backlog.Dropped dropped = backlog.drop();
        dropped.tried().forEach(this::settle);
        dropped.returned().forEach(share -> takeBack(share.tasks(), share.attempt()));
        suspects.drop().forEach(share -> takeBack(share.tasks(), share.attempt()));
        dropped.untouched().forEach(outbox::settle);
    }

    /** Counts a task by the attempt it had; its row is written already. */
    private void settle(Outcome last) {
        state.done(last);
        outbox.settle(last.task());
    }
}
