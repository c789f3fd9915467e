package dev.juggler.engine;

import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.report.RunReport;
import io.vertx.core.Future;

/** A run of a job. Its methods may be called from any thread. */
public interface JobRun {

    /**
     * The report of the run. Completes, on a thread that must not be blocked, when every outcome is written and all
     * workers are gone; fails when the run could not begin.
     */
    Future<RunReport> report();

    /** The number of tasks or workers that may be busy now: the job's concurrency, or what the run has found so far. */
    int concurrency();

    /** The batches that were sent to a second worker so far, since the first took long; null when there were none. */
    HedgeCounts hedged();

    /** Begins no more tasks and lets those in flight end; the report then says {@link EndReason#INTERRUPTED}. */
    void drain();

    /** Begins no more tasks and ends those in flight, which are reported as cancelled. */
    void cancel();
}
