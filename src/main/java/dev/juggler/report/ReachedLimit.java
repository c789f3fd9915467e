package dev.juggler.report;

/**
 * How far a concurrency went that a run adapted.
 *
 * @param highest the most workers, or tasks in flight, that there might be at some time
 * @param most how many the run was allowed
 */
public record ReachedLimit(int highest, int most) {}
