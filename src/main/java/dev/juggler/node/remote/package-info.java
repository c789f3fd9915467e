/**
 * Jobs that several nodes run together: the owner's {@code ClusterWorkerPool}, which asks other nodes for help, and the
 * {@code RemoteExecutions} on a node that helps.
 *
 * <p>May use {@code node.settings} and everything below it.
 */
@NullMarked
package dev.juggler.node.remote;

import org.jspecify.annotations.NullMarked;
