package dev.juggler.coordinator;

import dev.juggler.job.EndReason;
import dev.juggler.job.JobResult;
import dev.juggler.job.Outcome;
import dev.juggler.job.TaskCounts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The counts of a job's tasks by their state, and the reason why the job is being stopped. */
final class JobProgress {
    private long submitted;
    private long succeeded;
    private long failed;
    private long timedOut;
    private long cancelled;
    private long attempts;
    private EndReason endReason = EndReason.COMPLETED;
    private @Nullable Throwable cause;

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

    /**
     * Marks the job as being stopped; the first reason is kept.
     *
     * @param why the cause; null for none
     * @return false if the job is being stopped already
     */
    boolean stop(EndReason reason, @Nullable Throwable why) {
        if (isStopping()) {
            return false;
        }
        endReason = reason;
        cause = why;
        return true;
    }

    /** Returns whether no more tasks are dispatched. */
    boolean isStopping() {
        return endReason != EndReason.COMPLETED;
    }

    long submitted() {
        return submitted;
    }

    /** The number of tasks that ended and were not cancelled. */
    long ended() {
        return succeeded + unsuccessful();
    }

    /** The number of tasks that failed or timed out. */
    long unsuccessful() {
        return failed + timedOut;
    }

    /**
     * Creates the result of the job.
     *
     * @param skipped the number of inputs that an earlier run has completed
     */
    JobResult result(long skipped) {
        TaskCounts counts =
                new TaskCounts(submitted + skipped, succeeded, failed, timedOut, cancelled, skipped, attempts);
        return new JobResult(counts, endReason, Optional.ofNullable(cause));
    }
}
