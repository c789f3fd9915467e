package dev.juggler.model;

import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.JobWorkerVerticle;
import dev.juggler.worker.Patience;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The deployed workers of one job. Its methods may be called from any thread. */
public final class Workers {
    /** An event loop is found by trying; there are more tries than a Vert.x has loops. */
    private static final int MOST_TRIES = 64;

    private final Vertx vertx;
    private final Job job;
    private final Model model;
    private final WorkProvider work;
    private final Patience patience;
    private final Predicate<Thread> reserved;
    private final AtomicInteger made = new AtomicInteger();
    private final Map<String, Deployed> deployed = new ConcurrentHashMap<>();
    private volatile String cancelled;

    private record Deployed(JobWorkerVerticle verticle, String deployment) {}

    /**
     * Workers that are not deployed yet.
     *
     * @param reserved event loops that no worker may share, since tasks could block them
     */
    public Workers(Vertx vertx, Job job, WorkProvider work, Predicate<Thread> reserved) {
        this.vertx = vertx;
        this.job = job;
        this.work = work;
        this.reserved = reserved;
        this.model = Model.of(job.model());
        this.patience = new Patience(job.limits().timeout(), work.grace());
    }

    /** Deploys all of them; each announces itself to the coordinator. Completes when the last one is ready. */
    public Future<Void> deploy() {
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < model.workers(job.concurrency()); i++) {
            all.add(deployOne());
        }
        return Future.all(all).mapEmpty();
    }

    /** Forgets a worker that is stuck; its thread is left to itself, since a JVM cannot end it. */
    public void forget(String worker) {
        deployed.remove(worker);
    }

    /** Deploys one more. */
    public Future<Void> deployAnother() {
        return deployOne();
    }

    private Future<Void> deployOne() {
        String worker = job.model().id() + "-" + made.getAndIncrement();
        return deployOne(worker, MOST_TRIES);
    }

    private Future<Void> deployOne(String worker, int tries) {
        JobWorkerVerticle verticle = new JobWorkerVerticle(
                job.id(),
                worker,
                model.creditOfEach(job.concurrency()),
                () -> model.runner(worker, work, patience, vertx));
        return deployAsNobodysChild(verticle, model.deployment(worker)).compose(id -> {
            if (reserved.test(verticle.thread()) && tries > 1) {
                return vertx.undeploy(id).compose(gone -> deployOne(worker, tries - 1));
            }
            deployed.put(worker, new Deployed(verticle, id));
            if (cancelled != null) {
                verticle.cancel(cancelled);
            }
            verticle.announce();
            return Future.succeededFuture();
        });
    }

    /**
     * Deploys from a thread that is no verticle's. From the coordinator's it would become the coordinator's child, and a
     * worker that is stuck would then keep the coordinator from being undeployed.
     */
    private Future<String> deployAsNobodysChild(JobWorkerVerticle verticle, DeploymentOptions options) {
        Promise<String> deployed = Promise.promise();
        Thread.startVirtualThread(() -> vertx.deployVerticle(verticle, options).onComplete(deployed));
        return deployed.future();
    }

    /** Ends what all of them are doing. */
    public void cancel(String reason) {
        cancelled = reason;
        deployed.values().forEach(one -> one.verticle.cancel(reason));
    }

    /** Undeploys all that are not stuck. Completes when they have let go of what they hold. */
    public Future<Void> undeploy() {
        return Future.join(deployed.values().stream()
                        .map(one -> vertx.undeploy(one.deployment))
                        .toList())
                .mapEmpty();
    }
}
