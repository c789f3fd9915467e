package dev.juggler.engine;

import dev.juggler.coordinator.CoordinatorVerticle;
import dev.juggler.coordinator.ResumedSource;
import dev.juggler.coordinator.WorkerControl;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.JobResult;
import dev.juggler.job.OutcomeRows;
import dev.juggler.model.WorkerPool;
import dev.juggler.model.WorkerPoolFactory;
import dev.juggler.model.WorkerPoolRequest;
import dev.juggler.report.ChosenModel;
import dev.juggler.report.ReachedLimit;
import dev.juggler.report.RunReport;
import dev.juggler.work.WorkProvider;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job: its coordinator, its workers and its outputs. Every step is part of one chain of futures, so the
 * report completes or fails whichever step fails.
 */
final class EngineRun implements JobRun, ObservedRun {
    private final Vertx vertx;
    private final Job job;
    private final ResumedSource source;
    private final WorkProvider work;
    private final OutcomePipeline pipeline;
    private final Optional<ModelChooser> chooser;
    private final CoordinatorVerticle coordinator;
    private final WorkerPools workers;
    private final Promise<RunReport> report = Promise.promise();
    private final long startedNanos = System.nanoTime();
    private double seconds;
    private volatile boolean ended;
    private final Promise<CoordinatorDeployment> deployment = Promise.promise();

    /** The Vert.x that the coordinator is deployed on, and the id of the deployment. */
    private record CoordinatorDeployment(Vertx vertx, String id) {}

    /** @param chooser chooses the model while the job runs; empty when the job sets it */
    EngineRun(
            Vertx vertx,
            Job job,
            ResumedSource source,
            WorkProvider work,
            OutcomePipeline pipeline,
            WorkerPoolFactory factory,
            Optional<ModelChooser> chooser) {
        this.vertx = vertx;
        this.job = job;
        this.source = source;
        this.work = work;
        this.pipeline = pipeline;
        this.chooser = chooser;
        this.coordinator = new CoordinatorVerticle(job, source, pipeline, new RunWorkerControl(), work::group);
        ProcessLossListener losses = new ProcessLossListener();
        this.workers = new WorkerPools(
                job, one -> factory.create(new WorkerPoolRequest(vertx, one, work, this::isReserved, losses)));
    }

    void start() {
        attempt(workers::open)
                .compose(home -> home.deployVerticle(coordinator).map(id -> new CoordinatorDeployment(home, id)))
                .onComplete(deployment);
        Future<JobResult> result = deployment
                .future()
                .transform(deployed -> deployed.succeeded()
                        ? onCoordinator(() -> run(deployed.result()))
                        : Future.<JobResult>failedFuture(deployed.cause())
                                .eventually(workers::undeploy)
                                .eventually(workers::close));
        finish(result).onComplete(report);
    }

    /** Calls an action and converts its exceptions to a failed future, as {@code compose} does. */
    private static <T> Future<T> attempt(Supplier<Future<T>> action) {
        return Future.succeededFuture().compose(any -> action.get());
    }

    /**
     * Calls an action on the coordinator's context. Verticles that it deploys there are undeployed with the
     * coordinator, at the latest.
     */
    private <T> Future<T> onCoordinator(Supplier<Future<T>> action) {
        return Future.future(
                promise -> coordinator.execute(() -> attempt(action).onComplete(promise)));
    }

    /**
     * Deploys the workers, waits for the end and cleans up, on the coordinator's event loop, because a blocking task
     * may block any other loop. The workers are children of the coordinator's deployment, so none outlives it.
     */
    private Future<JobResult> run(CoordinatorDeployment deployed) {
        return attempt(() -> workers.deploy(coordinator.window()))
                .compose(ready -> {
                    observe();
                    return coordinator.result();
                })
                .onComplete(any -> {
                    ended = true;
                    seconds = (System.nanoTime() - startedNanos) / 1e9;
                })
                .eventually(workers::undeploy)
                .eventually(() -> deployed.vertx.undeploy(deployed.id))
                .eventually(workers::close);
    }

    /** Observes the run while it lasts, when there is a model to choose or a concurrency to find. */
    private void observe() {
        chooser.filter(ModelChooser::isOpen)
                .ifPresent(open -> vertx.executeBlocking(() -> open.choose(this), false)
                        .onSuccess(choice -> choice.ifPresent(model -> change(open, model)))
                        .onFailure(this::stop));
        if (ProcessorLimitMonitor.isNeeded(job)) {
            vertx.executeBlocking(new ProcessorLimitMonitor(job, this, coordinator::boundWindow), false)
                    .onFailure(this::stop);
        }
    }

    /** Continues under the model that was chosen. */
    private void change(ModelChooser decided, ChosenModel choice) {
        if (ended) {
            return;
        }
        decided.adopt(choice);
        ConcurrencyModel model = ConcurrencyModel.named(choice.model()).orElseThrow();
        coordinator.resizeWindow(choice.concurrency());
        attempt(() -> {
                    if (model == job.model()) {
                        return workers.deploy(coordinator.window());
                    }
                    coordinator.retireWorkers();
                    return workers.change(job.under(model, choice.concurrency()), coordinator.window());
                })
                .onFailure(this::stop);
    }

    /** Stops the run because its workers failed. Has no effect on a run that has ended. */
    private void stop(Throwable failure) {
        coordinator.stop(EndReason.WORKERS_FAILED, failure);
    }

    /** Closes the run's resources. A journal that cannot be completed is a failure of the run. */
    private Future<RunReport> finish(Future<JobResult> result) {
        return result.transform(done -> pipeline.close().transform(closed -> both(done, closed)))
                .map(this::reportOf)
                .eventually(() -> vertx.executeBlocking(() -> {
                    work.close();
                    return null;
                }))
                .eventually(this::closeSource);
    }

    private static Future<JobResult> both(AsyncResult<JobResult> done, AsyncResult<Void> closed) {
        if (done.failed()) {
            return Future.failedFuture(done.cause());
        }
        JobResult result = done.result();
        return Future.succeededFuture(
                closed.succeeded() || result.ending() == EndReason.OUTPUT_FAILED
                        ? result
                        : new JobResult(result.counts(), EndReason.OUTPUT_FAILED, Optional.of(closed.cause())));
    }

    /**
     * Returns whether workers must not use a thread: compute tasks may block an event loop for any time, so they avoid
     * the coordinator's.
     */
    private boolean isReserved(Thread thread) {
        return work.computes() && thread == coordinator.thread();
    }

    private RunReport reportOf(JobResult result) {
        Optional<ChosenModel> chosen = chooser.map(ModelChooser::choice);
        return new RunReport(
                OutcomeRows.SCHEMA,
                new RunReport.RunSetup(
                        job.id(),
                        job.work().kind().id(),
                        chosen.map(ChosenModel::model).orElse(job.model().id()),
                        coordinator.window(),
                        limitReached(),
                        chosen.orElse(null)),
                new RunReport.RunResult(coordinator.hedged(), result.ending(), result.counts()),
                new RunReport.RunTiming(seconds, startSeconds(), result.counts().done() / seconds),
                pipeline.tally().percentiles(),
                pipeline.tally().bytes(),
                result.cause().map(Throwable::getMessage).orElse(null));
    }

    private @Nullable ReachedLimit limitReached() {
        return job.adaptive() ? new ReachedLimit(coordinator.largestWindow(), job.concurrency()) : null;
    }

    private double startSeconds() {
        OptionalLong ready = coordinator.firstWorkerNanos();
        return ready.isPresent() ? (ready.getAsLong() - startedNanos) / 1e9 : seconds;
    }

    /**
     * Closes the source without waiting, because a blocking read, on a pipe for instance, may hold the source forever.
     */
    private Future<Void> closeSource() {
        vertx.executeBlocking(
                () -> {
                    source.close();
                    return null;
                },
                false);
        return Future.succeededFuture();
    }

    @Override
    public int busy() {
        return coordinator.inFlight();
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public Future<RunReport> report() {
        return report.future();
    }

    @Override
    public @Nullable HedgeCounts hedged() {
        return coordinator.hedged();
    }

    @Override
    public int concurrency() {
        return coordinator.window();
    }

    @Override
    public void drain() {
        deployment.future().onSuccess(deployed -> coordinator.stop(EndReason.INTERRUPTED, null));
    }

    @Override
    public void cancel() {
        deployment.future().onSuccess(deployed -> coordinator.cancel(EndReason.INTERRUPTED, "the run was interrupted"));
    }

    /** Passes losses of processes and nodes to the coordinator. */
    private final class ProcessLossListener implements WorkerPool.Listener {
        @Override
        public void died(String node, String why) {
            coordinator.nodeLost(node, why);
        }

        @Override
        public void failed(String why) {
            stop(new IllegalStateException(why));
        }
    }

    /** Lets the coordinator control the workers. */
    private final class RunWorkerControl implements WorkerControl {
        @Override
        public void lost(String worker, boolean replace) {
            workers.forget(worker);
            if (replace) {
                attempt(workers::deployAnother).onFailure(EngineRun.this::stop);
            }
        }

        @Override
        public void grow(int concurrency) {
            attempt(() -> workers.deploy(concurrency)).onFailure(EngineRun.this::stop);
        }

        @Override
        public void drain() {
            workers.drain();
        }

        @Override
        public Duration cancel(String reason) {
            return workers.cancel(reason);
        }
    }
}
