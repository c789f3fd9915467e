/**
 * The fifth model, processes: a {@link dev.juggler.model.processes.ProcessPool} starts child JVMs, each of which joins
 * a cluster on the loopback interface and deploys workers under one of the four other models.
 *
 * <p>May use {@code job}, {@code bus}, {@code work}, {@code worker}, {@code cluster}, {@code process} and
 * {@code model}.
 */
@NullMarked
package dev.juggler.model.processes;

import org.jspecify.annotations.NullMarked;
