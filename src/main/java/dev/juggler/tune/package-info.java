/**
 * Finds the concurrency beyond which throughput stops growing. {@link dev.juggler.tune.KneeFinder} chooses what to
 * measure and interprets it, {@link dev.juggler.tune.TrialRuns} measures by running the job, and
 * {@link dev.juggler.tune.TuningChart} draws the result.
 *
 * <p>May use everything below. Confined to the caller's thread, which blocks during the runs.
 */
@NullMarked
package dev.juggler.tune;

import org.jspecify.annotations.NullMarked;
