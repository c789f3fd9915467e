package dev.juggler.model;

import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import dev.juggler.worker.TaskRunners;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

/** As many verticles as the concurrency, each on a virtual thread, with the blocking code of {@link ThreadsModel}. */
record VirtualModel() implements Model {

    @Override
    public int workers(int concurrency) {
        return concurrency;
    }

    @Override
    public int creditOfEach(int concurrency) {
        return 1;
    }

    @Override
    public DeploymentOptions deployment(String pool) {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    }

    @Override
    public TaskRunner runner(String worker, WorkProvider work, AttemptTimeouts timeouts, Vertx vertx) {
        return TaskRunners.blockingShared(worker, work, timeouts);
    }
}
