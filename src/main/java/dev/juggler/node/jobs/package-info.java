/**
 * The job service of a node: registry and phases in memory, the store on disk, ownership, takeover and replication
 * among the nodes, and the executions of the jobs that run here.
 *
 * <p>{@code JobService} and {@code JobRegistry} are confined to the event loop of the service; {@code JobStore},
 * {@code JobOwnership} and {@code SharedJobs} block and are called on worker threads.
 *
 * <p>May use {@code node.remote}, {@code node.settings} and everything below them.
 */
@NullMarked
package dev.juggler.node.jobs;

import org.jspecify.annotations.NullMarked;
