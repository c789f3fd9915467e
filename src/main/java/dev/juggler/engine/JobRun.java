package dev.juggler.engine;

import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.report.RunReport;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A run of a job. Its methods may be called from any thread. */
public interface JobRun {

    /**
     * Returns the report of the run. It completes, on a thread that must not be blocked, when every outcome is written
     * and all workers are undeployed. It fails when the run cannot start.
     */
    Future<RunReport> report();

    /** Returns the number of tasks or workers that may be busy now: the job's concurrency, or the one found so far. */
    int concurrency();

    /** Returns the batches sent to a second worker so far because the first took long; null when there were none. */
    @Nullable
    HedgeCounts hedged();

    /** Starts no more tasks and lets those in flight end. The report then says {@link EndReason#INTERRUPTED}. */
    void drain();

    /** Starts no more tasks and ends those in flight, which are reported as cancelled. */
    void cancel();
}
