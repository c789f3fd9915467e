package dev.juggler.job;

/**
 * What was sent to a second worker at the end of a job, since the first took long.
 *
 * @param sent batches sent twice
 * @param won those of them that the second worker did first
 */
public record HedgeCounts(int sent, int won) {}
