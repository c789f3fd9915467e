package dev.juggler.model;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

/**
 * One way to deploy the workers of a job in this JVM. The fifth model, processes, starts JVMs that deploy their workers
 * in one of these ways.
 */
sealed interface Model permits SequentialModel, ThreadsModel, VirtualModel, AsyncModel {

    /** The model of this name. */
    static Model of(ConcurrencyModel model) {
        return switch (model) {
            case SEQUENTIAL -> new SequentialModel();
            case THREADS -> new ThreadsModel();
            case VIRTUAL -> new VirtualModel();
            case ASYNC -> new AsyncModel();
            case PROCESSES ->
                throw new IllegalArgumentException("a model of workers in one JVM is needed, not processes");
        };
    }

    /** The number of verticles to deploy for this concurrency. */
    int workers(int concurrency);

    /** The number of batches that each verticle works on at a time. */
    int creditOfEach(int concurrency);

    /**
     * The deployment options of a worker's verticle, which select its kind of thread.
     *
     * @param pool a name for its thread, unique among the workers of all jobs
     */
    DeploymentOptions deployment(String pool);

    /** Creates the runner of a worker's tasks. Called on the worker's context. */
    TaskRunner runner(String worker, WorkProvider work, AttemptTimeouts timeouts, Vertx vertx);
}
