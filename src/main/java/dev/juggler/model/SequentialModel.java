package dev.juggler.model;

import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import dev.juggler.worker.TaskRunners;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

/** One worker verticle that runs one task at a time with blocking code, as a plain loop does. */
record SequentialModel() implements Model {

    @Override
    public int workers(int concurrency) {
        return 1;
    }

    @Override
    public int creditOfEach(int concurrency) {
        return 1;
    }

    @Override
    public DeploymentOptions deployment(String pool) {
        return ThreadsModel.onOwnThread(pool);
    }

    @Override
    public TaskRunner runner(String worker, WorkProvider work, AttemptTimeouts timeouts, Vertx vertx) {
        return TaskRunners.blocking(worker, work, timeouts);
    }
}
