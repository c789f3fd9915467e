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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The workers of one job as verticles of this JVM. */
public final class LocalWorkers implements WorkerPool {
    /** The number of tries to find an event loop that is not reserved; more than a Vert.x has loops. */
    private static final int MAX_TRIES = 64;
    /** After workers got stuck, an event loop that starts no verticle within this time counts as stuck. */
    private static final long LOOP_SECONDS = 1;
    /** The tries that a stuck loop costs: after four of them there is little hope for another. */
    private static final int TRIES_PER_STUCK_LOOP = MAX_TRIES / 4;
    /** The time to undeploy workers. They are idle by then; one that takes longer has no thread to end on. */
    private static final long UNDEPLOY_SECONDS = 5;
    /** The number of threads that may be left behind in tasks that do not end. */
    static final int MAX_LOST = 128;

    private final Vertx vertx;
    private final Job job;
    private final Model model;
    private final WorkProvider work;
    private final AttemptTimeouts timeouts;
    private final Predicate<Thread> reserved;
    private final String node;
    private final Function<JobWorkerVerticle, Future<Void>> opener;
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Map<String, DeployedWorker> deployed = new ConcurrentHashMap<>();
    private volatile @Nullable String cancelReason;
    private int requested;

    private record DeployedWorker(JobWorkerVerticle verticle, String deployment) {}

    /** Creates workers that are not deployed yet, for a coordinator in this JVM. */
    public LocalWorkers(WorkerPoolRequest request) {
        this(request.vertx(), request.job(), request.work(), request.reserved(), "", JobWorkerVerticle::announce);
    }

    /**
     * Creates workers that are not deployed yet, for a coordinator that may be in another JVM.
     *
     * @param reserved accepts event loops that no worker may share, since tasks could block them
     * @param node begins their ids, so that workers of several JVMs differ; {@code ""} if there is one JVM
     * @param opener announces a worker to the coordinator; called once the worker has its event loop for good
     */
    LocalWorkers(
            Vertx vertx,
            Job job,
            WorkProvider work,
            Predicate<Thread> reserved,
            String node,
            Function<JobWorkerVerticle, Future<Void>> opener) {
        this.node = node;
        this.opener = opener;
        this.vertx = vertx;
        this.job = job;
        this.work = work;
        this.reserved = reserved;
        this.model = Model.of(job.model());
        this.timeouts = new AttemptTimeouts(job.limits().timeout(), work.grace());
    }

    @Override
    public synchronized Future<Void> deploy(int concurrency) {
        List<Future<Void>> missing = new ArrayList<>();
        // If one fails at once, for lack of a thread perhaps, the others are not tried.
        for (; requested < model.workers(concurrency) && missing.stream().noneMatch(Future::failed); requested++) {
            missing.add(deployOne());
        }
        return Future.all(missing).mapEmpty();
    }

    /**
     * Forgets a stuck worker. Its thread is left behind, since a JVM cannot end it. If the task does end, the worker
     * releases everything; nothing waits for that.
     */
    @Override
    public void forget(String worker) {
        DeployedWorker stuck = deployed.remove(worker);
        if (stuck != null) {
            lost.incrementAndGet();
            vertx.undeploy(stuck.deployment);
        }
    }

    @Override
    public Future<Void> deployAnother() {
        return lost.get() <= MAX_LOST
                ? deployOne()
                : Future.failedFuture(lost.get() + " workers are stuck in tasks that do not end: gave up");
    }

    private Future<Void> deployOne() {
        return deployOne(vertx.getOrCreateContext(), nextId(), MAX_TRIES);
    }

    /** The id of the next worker. The only worker of a node has the node's name. */
    private String nextId() {
        String id = job.model().id() + "-" + created.getAndIncrement();
        boolean only = job.model() == ConcurrencyModel.SEQUENTIAL || job.model() == ConcurrencyModel.ASYNC;
        return node.isEmpty() ? id : only ? node : node + "." + id;
    }

    /**
     * Deploys a worker on the next event loop that is not reserved.
     *
     * @param caller the current context, on which every try is started: a deployment reports to the context that
     *     started it, and a timeout may call back on a stuck loop
     */
    private Future<Void> deployOne(Context caller, String worker, int tries) {
        JobWorkerVerticle verticle = new JobWorkerVerticle(
                job.id(),
                worker,
                model.creditOfEach(job.concurrency()),
                () -> model.runner(worker, work, timeouts, vertx));
        return start(verticle, worker)
                .compose(
                        id -> isReserved(verticle) && tries > 1
                                ? vertx.undeploy(id).compose(gone -> deployAgain(caller, worker, tries - 1))
                                : admit(worker, verticle, id),
                        failure -> failure instanceof TimeoutException
                                ? deployBeside(caller, worker, tries - TRIES_PER_STUCK_LOOP)
                                : Future.failedFuture(failure));
    }

    private boolean isReserved(JobWorkerVerticle verticle) {
        return Optional.ofNullable(verticle.thread()).filter(reserved).isPresent();
    }

    private Future<String> start(JobWorkerVerticle verticle, String worker) {
        DeploymentOptions options = model.deployment("juggler-" + job.id() + "-" + worker);
        // Inside compose, because a system without a free thread throws an error here.
        Future<String> started = Future.succeededFuture().compose(any -> vertx.deployVerticle(verticle, options));
        return options.getThreadingModel() == ThreadingModel.EVENT_LOOP && lost.get() > 0
                ? started.timeout(LOOP_SECONDS, TimeUnit.SECONDS)
                : started;
    }

    /** Tries another event loop after a stuck one. */
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
        Optional.ofNullable(cancelReason).ifPresent(verticle::cancel);
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
        cancelReason = reason;
        deployed.values().forEach(one -> one.verticle.cancel(reason));
        return timeouts.grace();
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
