package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.journal.JournalException;
import dev.juggler.report.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * The end of a job, as it is stored on disk.
 *
 * @param ending the word for it in replies, such as {@code completed}
 * @param error the failure of the job itself; null for none
 * @param counts the outcomes of its tasks
 */
record JobEnd(String ending, @Nullable String error, JobStatus.Counts counts) {

    /** The end that a run reports. An interrupted run was cancelled by a client: a node that leaves ends no job. */
    static JobEnd of(RunReport run) {
        String word = run.ending() == EndReason.INTERRUPTED
                ? "cancelled"
                : run.ending().id();
        return new JobEnd(word, run.error(), counts(run.counts()).withHedged(run.hedged()));
    }

    /** The end of a job that a client cancelled. */
    static JobEnd cancelled(JobStatus.Counts counts) {
        return new JobEnd("cancelled", null, counts);
    }

    /** The end of a job whose run itself failed. */
    static JobEnd failed(@Nullable String error, JobStatus.Counts counts) {
        return new JobEnd("failed", error, counts);
    }

    /** The end of a job that so many nodes died with that no other node takes it over. */
    static JobEnd poison(int deaths, JobStatus.Counts counts) {
        return new JobEnd(
                "poison", deaths + " nodes died while they ran this job; requeue it when the cause is fixed", counts);
    }

    /** The end of an accepted job that cannot run here: its list is gone, for instance, or the disk is full. */
    static JobEnd notStarted(Throwable cause) {
        boolean output = cause instanceof JournalException journal && journal.isOutput();
        return new JobEnd(output ? EndReason.OUTPUT_FAILED.id() : "invalid", cause.getMessage(), JobStatus.Counts.NONE);
    }

    private static JobStatus.Counts counts(TaskCounts run) {
        return new JobStatus.Counts(
                run.succeeded() + run.skipped(), run.failed(), run.timedOut(), run.cancelled(), run.attempts());
    }
}
