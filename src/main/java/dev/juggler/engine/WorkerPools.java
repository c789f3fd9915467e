package dev.juggler.engine;

import dev.juggler.job.Job;
import dev.juggler.model.WorkerPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The workers of a run: those of one model, or of a first model and then of the chosen one. */
final class WorkerPools {
    private final Function<Job, WorkerPool> factory;
    private final List<WorkerPool> all = new CopyOnWriteArrayList<>();

    WorkerPools(Job job, Function<Job, WorkerPool> factory) {
        this.factory = factory;
        all.add(factory.apply(job));
    }

    /** Returns the pool that new workers are added to. */
    private WorkerPool current() {
        return all.getLast();
    }

    /**
     * Returns the Vert.x on which the coordinator reaches the workers. For a run that chooses its model, it is always
     * the caller's.
     */
    Future<Vertx> open() {
        return current().open();
    }

    Future<Void> close() {
        return Future.join(all.stream().map(WorkerPool::close).toList()).mapEmpty();
    }

    Future<Void> deploy(int concurrency) {
        return current().deploy(concurrency);
    }

    /** Deploys workers for another model. The earlier workers remain until the end, but must receive no more tasks. */
    Future<Void> change(Job job, int concurrency) {
        all.add(factory.apply(job));
        return deploy(concurrency);
    }

    void forget(String worker) {
        all.forEach(workers -> workers.forget(worker));
    }

    Future<Void> deployAnother() {
        return current().deployAnother();
    }

    void drain() {
        all.forEach(WorkerPool::drain);
    }

    Duration cancel(String reason) {
        return all.stream()
                .map(workers -> workers.cancel(reason))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    Future<Void> undeploy() {
        return Future.join(all.stream().map(WorkerPool::undeploy).toList()).mapEmpty();
    }
}
