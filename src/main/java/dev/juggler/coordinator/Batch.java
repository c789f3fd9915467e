package dev.juggler.coordinator;

import dev.juggler.job.Task;
import java.util.List;

/**
 * Tasks that are dispatched together.
 *
 * @param tasks the tasks, in the order in which a worker runs them
 * @param attempt the number of this attempt for all of them, counted from 1
 * @param fresh whether they have never been dispatched before
 */
record Batch(List<Task> tasks, int attempt, boolean fresh) {}
