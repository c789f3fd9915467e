package dev.juggler.model;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import java.util.function.Predicate;

/** Makes the workers of a job under its concurrency model. */
public final class WorkerPoolFactory {
    private WorkerPoolFactory() {}

    /**
     * Workers that are not deployed yet.
     *
     * @param reserved event loops of {@code vertx} that no worker may share, since tasks could block them
     * @param listener hears of processes that die
     */
    public static WorkerPool of(
            Vertx vertx, Job job, WorkProvider work, Predicate<Thread> reserved, WorkerPool.Listener listener) {
        return job.model() == ConcurrencyModel.PROCESSES
                ? new ProcessPool(vertx, job, work, listener)
                : new LocalWorkers(vertx, job, work, reserved);
    }

    /** The same, with workers of other nodes that help. {@code vertx} is a member of their cluster. */
    public static WorkerPool shared(
            Vertx vertx,
            Job job,
            WorkProvider work,
            Predicate<Thread> reserved,
            WorkerPool.Listener listener,
            ClusterSharing sharing) {
        return new ClusterWorkerPool(vertx, new LocalWorkers(vertx, job, work, reserved), sharing, job.id(), listener);
    }
}
