package dev.juggler.model;

import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import dev.juggler.worker.TaskRunners;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

/** One verticle on an event loop, with non-blocking code. The concurrency is the number of its tasks in flight. */
record AsyncModel() implements Model {

    @Override
    public int workers(int concurrency) {
        return 1;
    }

    @Override
    public int creditOfEach(int concurrency) {
        return concurrency;
    }

    @Override
    public DeploymentOptions deployment(String pool) {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP);
    }

    @Override
    public TaskRunner runner(String worker, WorkProvider work, AttemptTimeouts timeouts, Vertx vertx) {
        return TaskRunners.async(worker, work, timeouts, vertx);
    }
}
