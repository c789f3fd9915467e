package dev.juggler.coordinator;

import dev.juggler.job.EndReason;
import dev.juggler.job.JobResult;
import dev.juggler.job.Outcome;
import dev.juggler.job.TaskCounts;
import java.util.Optional;

/** Where a job stands: how many tasks are in which state, and whether and why it is being stopped. */
final class JobProgress {
    private long submitted;
    private long succeeded;
    private long failed;
    private long timedOut;
    private long cancelled;
    private long attempts;
    private EndReason ending = EndReason.COMPLETED;
    private Throwable cause;

    void submitted(int tasks) {
        submitted += tasks;
    }

    void attempted() {
        attempts++;
    }

    /** Counts a task by its last outcome. */
    void done(Outcome last) {
        switch (last.state()) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case TIMED_OUT -> timedOut++;
            case CANCELLED -> cancelled++;
        }
    }

    /** Begins the end; the first reason stands. False when the job is being stopped already. */
    boolean stop(EndReason reason, Throwable why) {
        if (stopping()) {
            return false;
        }
        ending = reason;
        cause = why;
        return true;
    }

    /** Whether no more tasks are dispatched. */
    boolean stopping() {
        return ending != EndReason.COMPLETED;
    }

    long submitted() {
        return submitted;
    }

    /** Tasks that ended by themselves. */
    long ended() {
        return succeeded + unsuccessful();
    }

    /** Tasks that ended by themselves and without success. */
    long unsuccessful() {
        return failed + timedOut;
    }

    JobResult result(long skipped) {
        TaskCounts counts =
                new TaskCounts(submitted + skipped, succeeded, failed, timedOut, cancelled, skipped, attempts);
        return new JobResult(counts, ending, Optional.ofNullable(cause));
    }
}
