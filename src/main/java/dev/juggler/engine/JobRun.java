package dev.juggler.engine;

import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.report.RunReport;
import io.vertx.core.Future;

/** A job that is running. Its methods may be called from any thread. */
public interface JobRun {

    /** What it came to. Completes when every outcome is written and all workers are gone; fails when it could not begin. */
    Future<RunReport> report();

    /** How many tasks or workers may be busy at a time now: what the job says, or what it has found out so far. */
    int concurrency();

    /** What was sent to a second worker so far, since the first took long; null when nothing was. */
    HedgeCounts hedged();

    /** Begins no more tasks and lets those in flight end; the report then says {@link EndReason#INTERRUPTED}. */
    void drain();

    /** Ends the tasks in flight too; they are reported as cancelled. */
    void cancel();
}
