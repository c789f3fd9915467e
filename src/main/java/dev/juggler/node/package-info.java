/**
 * The long-lived node: it joins the cluster, serves jobs on the event bus and runs its share of other nodes' jobs.
 *
 * <p>{@code node.settings} says what a node permits, {@code node.jobs} keeps and runs its own jobs, {@code node.remote}
 * runs those of other nodes; this package puts them together.
 *
 * <p>May use everything below.
 */
@NullMarked
package dev.juggler.node;

import org.jspecify.annotations.NullMarked;
