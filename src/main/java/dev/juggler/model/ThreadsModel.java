package dev.juggler.model;

import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.TaskRunner;
import dev.juggler.worker.TaskRunners;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** As many worker verticles as the concurrency, each with blocking code and a thread and a session of its own. */
record ThreadsModel() implements Model {

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
        return onOwnThread(pool);
    }

    @Override
    public TaskRunner runner(String worker, WorkProvider work, AttemptTimeouts timeouts, Vertx vertx) {
        return TaskRunners.blocking(worker, work, timeouts);
    }

    /** Gives each worker a pool of one thread, so that a stuck worker takes no thread from the others. */
    static DeploymentOptions onOwnThread(String pool) {
        return new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName(pool)
                .setWorkerPoolSize(1)
                .setMaxWorkerExecuteTime(1)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS);
    }
}
