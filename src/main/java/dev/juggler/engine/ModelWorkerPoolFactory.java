package dev.juggler.engine;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.model.LocalWorkers;
import dev.juggler.model.WorkerPool;
import dev.juggler.model.WorkerPoolFactory;
import dev.juggler.model.WorkerPoolRequest;
import dev.juggler.model.processes.ProcessPool;

/** Creates workers under the job's own model: verticles of this JVM, or child processes. */
public final class ModelWorkerPoolFactory implements WorkerPoolFactory {

    @Override
    public WorkerPool create(WorkerPoolRequest request) {
        return request.job().model() == ConcurrencyModel.PROCESSES
                ? new ProcessPool(request)
                : new LocalWorkers(request);
    }
}
