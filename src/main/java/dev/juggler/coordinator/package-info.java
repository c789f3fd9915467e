/**
 * The coordinator: the verticle that owns one job. The way of a task:
 * {@link dev.juggler.coordinator.CoordinatorVerticle} reads it on a page of inputs, {@code JobTasks} keeps it in the
 * {@code Backlog} until it joins a {@code Batch}, {@code BatchDispatcher} sends the batch to a worker with credit and
 * follows it until its reply, {@code JobTasks} retries the task or counts it as done, and {@code OutcomeQueue} passes
 * its outcome to the journal and the results.
 *
 * <p>All but the verticle, {@code OutcomeSink}, {@code WorkerControl} and {@code ResumedSource} are plain classes
 * without locks, confined to the coordinator's event loop.
 *
 * <p>May use {@code job}, {@code bus}, {@code journal} and {@code source}.
 */
@NullMarked
package dev.juggler.coordinator;

import org.jspecify.annotations.NullMarked;
