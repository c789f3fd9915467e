package dev.juggler.model;

import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.util.function.Predicate;

/**
 * A request for the workers of a run.
 *
 * @param vertx the Vert.x of the run
 * @param job the job, with its model and concurrency
 * @param work the prepared work, which runs each task
 * @param reserved accepts the event loops of {@code vertx} that no worker may share, since tasks could block them
 * @param listener receives the losses that the pool itself notices
 */
public record WorkerPoolRequest(
        Vertx vertx, Job job, WorkProvider work, Predicate<Thread> reserved, WorkerPool.Listener listener) {}
