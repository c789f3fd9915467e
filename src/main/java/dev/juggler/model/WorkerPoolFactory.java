package dev.juggler.model;

import dev.juggler.job.ConcurrencyModel;

/** Makes the workers of a run. Safe for use by several threads. */
@FunctionalInterface
public interface WorkerPoolFactory {

    /** Makes workers that are not deployed yet. */
    WorkerPool create(WorkerPoolRequest request);

    /** The factory of workers under the job's own model: verticles of this JVM, or its child processes. */
    static WorkerPoolFactory ofModel() {
        return request -> request.job().model() == ConcurrencyModel.PROCESSES
                ? new ProcessPool(request)
                : new LocalWorkers(request);
    }
}
