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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The deployed workers of one job. Its methods may be called from any thread. */
public final class Workers {
    /** An event loop is found by trying; there are more tries than a Vert.x has loops. */
    private static final int MOST_TRIES = 64;

    /** A deployment that takes longer waits for an event loop that is blocked. */
    private static final int MOST_SECONDS = 5;

    private final Vertx vertx;
    private final Job job;
    private final Model model;
    private final WorkProvider work;
    private final Patience patience;
    private final Predicate<Thread> reserved;
    private final ScheduledExecutorService deployer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("juggler-deployer").factory());
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
        return tryToDeploy(verticle, model.deployment(worker)).compose(id -> {
            if (id.isEmpty() && tries > 1) {
                return deployOne(worker, tries - 1);
            }
            if (id.isEmpty()) {
                return Future.failedFuture("every event loop is blocked by a task that does not end");
            }
            take(worker, new Deployed(verticle, id.get()));
            return Future.succeededFuture();
        });
    }

    private void take(String worker, Deployed one) {
        deployed.put(worker, one);
        if (cancelled != null) {
            one.verticle.cancel(cancelled);
        }
        one.verticle.announce();
    }

    /**
     * Deploys a verticle; completes with nothing when it came to stand on an event loop that it may not share, or that a
     * stuck task blocks.
     *
     * <p>It is deployed from a thread that is no verticle's. From the coordinator's it would become the coordinator's
     * child, and a worker that is stuck would then keep the coordinator from being undeployed.
     */
    private Future<Optional<String>> tryToDeploy(JobWorkerVerticle verticle, DeploymentOptions options) {
        Promise<Optional<String>> outcome = Promise.promise();
        deployer.execute(() -> vertx.deployVerticle(verticle, options)
                .onSuccess(id -> settle(verticle, id, outcome))
                .onFailure(outcome::tryFail));
        // Not a timer of Vert.x: it could stand on the very event loop that is blocked.
        deployer.schedule(() -> outcome.tryComplete(Optional.empty()), MOST_SECONDS, TimeUnit.SECONDS);
        return outcome.future();
    }

    private void settle(JobWorkerVerticle verticle, String id, Promise<Optional<String>> outcome) {
        boolean welcome = !reserved.test(verticle.thread());
        boolean first = outcome.tryComplete(welcome ? Optional.of(id) : Optional.empty());
        if (!welcome || !first) {
            vertx.undeploy(id);
        }
    }

    /** Ends what all of them are doing. */
    public void cancel(String reason) {
        cancelled = reason;
        deployed.values().forEach(one -> one.verticle.cancel(reason));
    }

    /** Undeploys all that are not stuck. Completes when they have let go of what they hold. */
    public Future<Void> undeploy() {
        deployer.shutdownNow();
        return Future.join(deployed.values().stream()
                        .map(one -> vertx.undeploy(one.deployment))
                        .toList())
                .mapEmpty();
    }
}
