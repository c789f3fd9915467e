/**
 * Finding the concurrency beyond which more gains nothing: {@link dev.juggler.tune.Knee} decides what is measured next
 * and what it means, {@link dev.juggler.tune.Trials} measures by running the job, and
 * {@link dev.juggler.tune.TuningChart} draws what came of it.
 *
 * <p>May use everything below. Confined to the thread of the caller, which waits for the runs.
 */
package dev.juggler.tune;
