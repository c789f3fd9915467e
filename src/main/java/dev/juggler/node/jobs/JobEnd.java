package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.job.EndReason;
import dev.juggler.job.TaskCounts;
import dev.juggler.journal.JournalException;
import dev.juggler.report.RunReport;

/**
 * How a job ended, as it stands on disk.
 *
 * @param ending the word for it in replies
 * @param error what went wrong with the job itself, or null
 * @param counts what became of its tasks
 */
record JobEnd(String ending, String error, JobStatus.Counts counts) {

    /** The end of a run; one that was interrupted was cancelled, since a node that leaves ends no job. */
    static JobEnd of(RunReport run) {
        String word = run.ending() == EndReason.INTERRUPTED
                ? "cancelled"
                : run.ending().id();
        return new JobEnd(word, run.error(), counts(run.counts()).withHedged(run.hedged()));
    }

    /** Cancelled with so much done. */
    static JobEnd cancelled(JobStatus.Counts counts) {
        return new JobEnd("cancelled", null, counts);
    }

    /** The run itself broke down. */
    static JobEnd failed(String why, JobStatus.Counts counts) {
        return new JobEnd("failed", why, counts);
    }

    /** So many nodes died with it that it is not given to another. */
    static JobEnd poison(int deaths, JobStatus.Counts counts) {
        return new JobEnd(
                "poison",
                deaths + " nodes died while they ran this job, so it is set aside: requeue it to have it tried again",
                counts);
    }

    /** What was accepted cannot be run here after all: its list is gone, say, or the disk is full. */
    static JobEnd notBegun(Throwable why) {
        boolean output = why instanceof JournalException journal && journal.isOutput();
        return new JobEnd(output ? EndReason.OUTPUT_FAILED.id() : "invalid", why.getMessage(), JobStatus.Counts.NONE);
    }

    private static JobStatus.Counts counts(TaskCounts run) {
        return new JobStatus.Counts(
                run.succeeded() + run.skipped(), run.failed(), run.timedOut(), run.cancelled(), run.attempts());
    }
}
