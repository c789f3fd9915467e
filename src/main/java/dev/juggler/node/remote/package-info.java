/**
 * Jobs that several nodes run together: the executions of other nodes' jobs on this one.
 *
 * <p>May use {@code node.settings} and everything below it.
 */
@NullMarked
package dev.juggler.node.remote;

import org.jspecify.annotations.NullMarked;
