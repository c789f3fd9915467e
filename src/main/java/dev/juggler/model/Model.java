package dev.juggler.model;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

/**
 * One way to deploy the workers of a job in this JVM. The fifth model, processes, starts JVMs that deploy theirs in one
 * of these ways: see {@link ProcessPool}.
 */
sealed interface Model permits SequentialModel, ThreadsModel, VirtualModel, AsyncModel {

    /** The model of this name. */
    static Model of(ConcurrencyModel model) {
        return switch (model) {
            case SEQUENTIAL -> new SequentialModel();
            case THREADS -> new ThreadsModel();
            case VIRTUAL -> new VirtualModel();
            case ASYNC -> new AsyncModel();
            case PROCESSES -> throw new IllegalArgumentException("a process does not deploy processes");
        };
    }

    /** How many verticles are deployed for this concurrency. */
    int workers(int concurrency);

    /** How many batches each of them works on at a time. */
    int creditOfEach(int concurrency);

    /**
     * How the verticle of a worker is deployed: on which kind of thread.
     *
     * @param pool a name for its thread that no other worker has, of this job or another
     */
    DeploymentOptions deployment(String pool);

    /** What does the tasks of a worker. Called on its context. */
    TaskRunner runner(String worker, WorkProvider work, AttemptTimeouts patience, Vertx vertx);
}
