/**
 * The coordinator: the verticle that owns one job and moves its tasks from the backlog to workers with credit, and their
 * outcomes on to the journal and the results. {@code Backlog}, {@code Groups}, {@code Credits}, {@code Flights}, {@code Hedges}, {@code Window}
 * with its {@code AdaptiveLimit}, {@code Chunker}, {@code Pace}, {@code Sequencer}, {@code Outbox} and {@code JobState} are plain
 * classes, confined to the coordinator's event loop.
 *
 * <p>May use {@code job}, {@code bus}, {@code journal} and {@code source}.
 */
package dev.juggler.coordinator;
