/**
 * The long-lived node: the job service on the event bus, what it keeps on disk, what it allows.
 *
 * <p>{@code JobPhase} and {@code JobRegistry} are plain classes, confined to the event loop of the service; {@code JobStore}
 * blocks and is called on worker threads.
 *
 * <p>May use everything below.
 */
package dev.juggler.node;
