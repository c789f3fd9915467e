/**
 * Tasks of one node's job that other nodes do: the owner's {@link dev.juggler.node.remote.ClusterWorkerPool}, which asks
 * other nodes for help, and the {@link dev.juggler.node.remote.RemoteExecution} that a helping node runs.
 *
 * <p>May use {@code job}, {@code bus}, {@code work}, {@code cluster} and {@code model}.
 */
package dev.juggler.node.remote;
