package dev.juggler.engine;

import dev.juggler.job.Job;
import dev.juggler.model.WorkerPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The workers of a run: of one model, or of a first one and then of the one that was chosen. */
final class WorkerPools {
    private final Function<Job, WorkerPool> maker;
    private final List<WorkerPool> all = new CopyOnWriteArrayList<>();

    WorkerPools(Job job, Function<Job, WorkerPool> maker) {
        this.maker = maker;
        all.add(maker.apply(job));
    }

    /** Those that new ones are added to. */
    private WorkerPool current() {
        return all.getLast();
    }

    /** The Vert.x on which the coordinator reaches them. A run that chooses begins and goes on on the caller's. */
    Future<Vertx> open() {
        return current().open();
    }

    Future<Void> close() {
        return Future.join(all.stream().map(WorkerPool::close).toList()).mapEmpty();
    }

    Future<Void> deploy(int concurrency) {
        return current().deploy(concurrency);
    }

    /** Deploys workers for another model. The others stay until the end; they are to be given nothing more. */
    Future<Void> change(Job job, int concurrency) {
        all.add(maker.apply(job));
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
