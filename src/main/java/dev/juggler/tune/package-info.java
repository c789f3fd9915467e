/**
 * Finding the concurrency beyond which more gains nothing: {@link dev.juggler.tune.KneeFinder} decides what is measured next
 * and what it means, {@link dev.juggler.tune.TrialRuns} measures by running the job, and
 * {@link dev.juggler.tune.TuningChart} draws what came of it.
 *
 * <p>May use everything below. Confined to the thread of the caller, which waits for the runs.
 */
package dev.juggler.tune;
