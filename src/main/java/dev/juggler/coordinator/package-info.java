/**
 * The coordinator: the verticle that owns one job and moves its tasks from the backlog to workers with credit, and their
 * outcomes on to the journal and the results. {@code Backlog}, {@code TaskGroups}, {@code WorkerCredits}, {@code InFlightBatches}, {@code HedgedBatches}, {@code Window}
 * with its {@code AdaptiveLimit}, {@code Chunker}, {@code RateLimiter}, {@code OutcomeSequencer}, {@code OutcomeQueue} and {@code JobProgress} are plain
 * classes, confined to the coordinator's event loop.
 *
 * <p>May use {@code job}, {@code bus}, {@code journal} and {@code source}.
 */
package dev.juggler.coordinator;
