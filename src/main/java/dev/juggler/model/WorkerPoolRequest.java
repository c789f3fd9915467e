package dev.juggler.model;

import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.util.function.Predicate;

/**
 * The workers that a run needs.
 *
 * @param vertx the Vert.x of the run
 * @param job its job, with the model and the concurrency
 * @param work the work that does each task, ready
 * @param reserved the event loops of {@code vertx} that no worker may share, since tasks could block them
 * @param listener hears of losses that the pool finds itself
 */
public record WorkerPoolRequest(
        Vertx vertx, Job job, WorkProvider work, Predicate<Thread> reserved, WorkerPool.Listener listener) {}
