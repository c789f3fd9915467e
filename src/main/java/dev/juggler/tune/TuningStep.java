package dev.juggler.tune;

/**
 * The measurement of one concurrency.
 *
 * @param concurrency workers, or tasks in flight
 * @param tasksPerSecond successful tasks per second; the mean of the better half of the runs
 * @param noise half the range of the runs' throughputs over that mean: 0.02 for ±2 %; 0 for a single run
 * @param p50Ms the median duration of the tasks, in milliseconds
 * @param p95Ms the 95th percentile of their durations, in milliseconds
 * @param failed the share of unsuccessful attempts, from 0 to 1
 */
public record TuningStep(
        int concurrency, double tasksPerSecond, double noise, double p50Ms, double p95Ms, double failed) {}
