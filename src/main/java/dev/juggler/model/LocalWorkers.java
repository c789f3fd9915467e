package dev.juggler.model;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;
import dev.juggler.worker.AttemptTimeouts;
import dev.juggler.worker.JobWorkerVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/** The workers of one job that are verticles of this JVM. */
public final class LocalWorkers implements WorkerPool {
    /** An event loop is found by trying; there are more tries than a Vert.x has loops. */
    private static final int MOST_TRIES = 64;
    /** An event loop on which no verticle starts within this time, after some got stuck, is one of those. */
    private static final long LOOP_SECONDS = 1;
    /** A stuck loop takes this many tries off: after four there is little hope for another. */
    private static final int TRIES_OF_STUCK = MOST_TRIES / 4;
    /** Workers are idle when they are undeployed; one that takes longer has no thread to do it on. */
    private static final long UNDEPLOY_SECONDS = 5;
    /** So many threads may be left behind in tasks that do not end. */
    static final int MOST_LOST = 128;

    private final Vertx vertx;
    private final Job job;
    private final Model model;
    private final WorkProvider work;
    private final AttemptTimeouts patience;
    private final Predicate<Thread> reserved;
    private final String name;
    private final Function<JobWorkerVerticle, Future<Void>> opener;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Map<String, DeployedWorker> deployed = new ConcurrentHashMap<>();
    private volatile String cancelled;
    private int wanted;

    private record DeployedWorker(JobWorkerVerticle verticle, String deployment) {}

    /** Workers that are not deployed yet, for a coordinator in this JVM. */
    public LocalWorkers(WorkerPoolRequest request) {
        this(request.vertx(), request.job(), request.work(), request.reserved(), "", JobWorkerVerticle::announce);
    }

    /**
     * Workers that are not deployed yet, for a coordinator that may be in another JVM.
     *
     * @param reserved event loops that no worker may share, since tasks could block them
     * @param node what their ids begin with, for workers of several JVMs to differ; {@code ""} where there is one JVM
     * @param opener tells the coordinator that a worker is there; called when it has been decided that it stays
     */
    LocalWorkers(
            Vertx vertx,
            Job job,
            WorkProvider work,
            Predicate<Thread> reserved,
            String node,
            Function<JobWorkerVerticle, Future<Void>> opener) {
        this.name = node;
        this.opener = opener;
        this.vertx = vertx;
        this.job = job;
        this.work = work;
        this.reserved = reserved;
        this.model = Model.of(job.model());
        this.patience = new AttemptTimeouts(job.limits().timeout(), work.grace());
    }

    @Override
    public synchronized Future<Void> deploy(int concurrency) {
        List<Future<Void>> missing = new ArrayList<>();
        // One that fails at once, for want of a thread say, has the others not tried.
        for (; wanted < model.workers(concurrency) && missing.stream().noneMatch(Future::failed); wanted++) {
            missing.add(deployOne());
        }
        return Future.all(missing).mapEmpty();
    }

    /**
     * Forgets a worker that is stuck; its thread is left to itself, since a JVM cannot end it. Should it come back, the
     * worker lets go of what it holds; nobody waits for that.
     */
    @Override
    public void forget(String worker) {
        DeployedWorker gone = deployed.remove(worker);
        if (gone != null) {
            lost.incrementAndGet();
            vertx.undeploy(gone.deployment);
        }
    }

    @Override
    public Future<Void> deployAnother() {
        return lost.get() <= MOST_LOST
                ? deployOne()
                : Future.failedFuture(lost.get() + " workers are stuck in tasks that do not end: gave up");
    }

    private Future<Void> deployOne() {
        return deployOne(vertx.getOrCreateContext(), nextId(), MOST_TRIES);
    }

    /** The only worker of a JVM is called like it. */
    private String nextId() {
        String id = job.model().id() + "-" + made.getAndIncrement();
        boolean only = job.model() == ConcurrencyModel.SEQUENTIAL || job.model() == ConcurrencyModel.ASYNC;
        return name.isEmpty() ? id : only ? name : name + "." + id;
    }

    /**
     * Deploys on the next event loop that no other may block.
     *
     * @param caller the current context; every try is started there, since a deployment reports to the context that it
     *     was started on, and the one a timeout calls back on may be that of a stuck loop
     */
    private Future<Void> deployOne(Context caller, String worker, int tries) {
        JobWorkerVerticle verticle = new JobWorkerVerticle(
                job.id(),
                worker,
                model.creditOfEach(job.concurrency()),
                () -> model.runner(worker, work, patience, vertx));
        return start(verticle, worker)
                .compose(
                        id -> reserved.test(verticle.thread()) && tries > 1
                                ? vertx.undeploy(id).compose(gone -> deployAgain(caller, worker, tries - 1))
                                : admit(worker, verticle, id),
                        failure -> failure instanceof TimeoutException
                                ? deployBeside(caller, worker, tries - TRIES_OF_STUCK)
                                : Future.failedFuture(failure));
    }

    private Future<String> start(JobWorkerVerticle verticle, String worker) {
        DeploymentOptions options = model.deployment("juggler-" + job.id() + "-" + worker);
        // Composed, since a system that has no thread left for the worker throws an error here.
        Future<String> started = Future.succeededFuture().compose(any -> vertx.deployVerticle(verticle, options));
        return options.getThreadingModel() == ThreadingModel.EVENT_LOOP && lost.get() > 0
                ? started.timeout(LOOP_SECONDS, TimeUnit.SECONDS)
                : started;
    }

    /** Tries another event loop than the one that was just found stuck. */
    private Future<Void> deployBeside(Context caller, String worker, int tries) {
        return tries > 0
                ? deployAgain(caller, worker, tries)
                : Future.failedFuture(
                        "no event loop is left for another worker: all are stuck in tasks that do not end");
    }

    private Future<Void> deployAgain(Context caller, String worker, int tries) {
        Promise<Void> result = Promise.promise();
        caller.runOnContext(ignored -> deployOne(caller, worker, tries).onComplete(result));
        return result.future();
    }

    private Future<Void> admit(String worker, JobWorkerVerticle verticle, String id) {
        deployed.put(worker, new DeployedWorker(verticle, id));
        if (cancelled != null) {
            verticle.cancel(cancelled);
        }
        return opener.apply(verticle);
    }

    @Override
    public Future<Vertx> open() {
        return Future.succeededFuture(vertx);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    @Override
    public void drain() {
        deployed.values().forEach(one -> one.verticle.drain());
    }

    @Override
    public Duration cancel(String reason) {
        cancelled = reason;
        deployed.values().forEach(one -> one.verticle.cancel(reason));
        return patience.grace();
    }

    @Override
    public Future<Void> undeploy() {
        return Future.join(deployed.values().stream()
                        .map(one -> vertx.undeploy(one.deployment))
                        .toList())
                .<Void>mapEmpty()
                .timeout(UNDEPLOY_SECONDS, TimeUnit.SECONDS)
                .otherwiseEmpty();
    }
}
