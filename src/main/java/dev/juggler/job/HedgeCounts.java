package dev.juggler.job;

/**
 * Counts of batches that were hedged: sent to a second worker at the end of a job, because the first one took long.
 *
 * @param sent batches that were sent twice
 * @param won those of them that the second worker finished first
 */
public record HedgeCounts(int sent, int won) {}
