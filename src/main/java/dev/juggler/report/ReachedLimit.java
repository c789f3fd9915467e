package dev.juggler.report;

/**
 * The highest limit that an adaptive concurrency reached.
 *
 * @param highest the highest limit on workers, or tasks in flight, during the run
 * @param most the configured maximum
 */
public record ReachedLimit(int highest, int most) {}
