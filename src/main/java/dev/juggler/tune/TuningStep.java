package dev.juggler.tune;

/**
 * What was measured with one concurrency.
 *
 * @param concurrency workers, or tasks in flight
 * @param tasksPerSecond tasks that succeeded in a second; the mean of the better half of the runs
 * @param noise half the range of the runs over that: 0.02 for ±2 %; 0 where there was one
 * @param p50Ms how long half of the tasks took at most, in milliseconds
 * @param p95Ms how long 95 % of them took at most
 * @param failed the share of attempts that did not succeed, from 0 to 1
 */
public record TuningStep(
        int concurrency, double tasksPerSecond, double noise, double p50Ms, double p95Ms, double failed) {}
