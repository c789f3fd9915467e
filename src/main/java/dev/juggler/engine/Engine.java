package dev.juggler.engine;

import dev.juggler.bus.BusMessageCodec;
import dev.juggler.coordinator.CoordinatorVerticle;
import dev.juggler.coordinator.ResumedSource;
import dev.juggler.coordinator.WorkerControl;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.HedgeCounts;
import dev.juggler.job.Job;
import dev.juggler.job.JobResult;
import dev.juggler.job.OutcomeRows;
import dev.juggler.journal.CompletedTasks;
import dev.juggler.journal.Journal;
import dev.juggler.model.ClusterSharing;
import dev.juggler.model.WorkerPool;
import dev.juggler.model.WorkerPoolFactory;
import dev.juggler.report.ChosenModel;
import dev.juggler.report.ReachedLimit;
import dev.juggler.report.RunReport;
import dev.juggler.source.Source;
import dev.juggler.work.WorkProvider;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Runs jobs on a Vert.x. */
public final class Engine {
    private final Vertx vertx;

    /** An engine on this Vert.x, which stays the caller's to close. */
    public Engine(Vertx vertx) {
        this.vertx = vertx;
        BusMessageCodec.register(vertx.eventBus());
    }

    /** Runs a job without a journal. */
    public JobRun run(Job job, Source source, WorkProvider work, OutcomeHandler results) {
        return run(job, source, work, results, Optional.empty());
    }

    /**
     * Runs a job.
     *
     * @param source its inputs, read as needed on a thread of its own; closed at the end
     * @param work how a task is done; closed at the end
     * @param results what becomes of outcomes
     * @param journal where outcomes are recorded, and what earlier runs have done; closed at the end
     */
    public JobRun run(Job job, Source source, WorkProvider work, OutcomeHandler results, Optional<Journal> journal) {
        return start(new EngineRun(job, left(source, journal), work, results, journal, null, null, null));
    }

    /** The same for a job that other nodes of a cluster help with; this engine's Vert.x is a member of it. */
    public JobRun runShared(
            Job job,
            Source source,
            WorkProvider work,
            OutcomeHandler results,
            Optional<Journal> journal,
            ClusterSharing sharing) {
        return start(new EngineRun(job, left(source, journal), work, results, journal, null, null, sharing));
    }

    private static ResumedSource left(Source source, Optional<Journal> journal) {
        return new ResumedSource(source, journal.map(Journal::completed).orElseGet(CompletedTasks::new));
    }

    /**
     * Runs a job whose model is chosen while it runs: the first tasks are done under the job's own model and measured, and
     * the others under the one that suits them. A run that is over sooner has nothing to choose.
     *
     * @param job as for {@link #run}, with the model and concurrency to begin with: see {@link #firstModel}
     * @param keepsConcurrency whether the job's concurrency is for the chosen model too, rather than chosen with it
     * @param onChosen told of the choice, on a thread that may block
     */
    public JobRun runChoosing(
            Job job,
            Source source,
            WorkProvider work,
            OutcomeHandler results,
            Optional<Journal> journal,
            boolean keepsConcurrency,
            Consumer<ChosenModel> onChosen) {
        ResumedSource left = left(source, journal);
        Optional<ChosenModel> rule = ModelSelector.byRule(job.work().kind())
                .map(choice -> keepsConcurrency ? choice.with(job.concurrency()) : choice);
        if (rule.isPresent()) {
            onChosen.accept(rule.get());
            Job ruled = job.under(ConcurrencyModel.ASYNC, rule.get().concurrency());
            return start(new EngineRun(ruled, left, work, results, journal, null, rule.get(), null));
        }
        ModelChoosing choosing = new ModelChoosing(keepsConcurrency, onChosen, new LongAdder());
        OutcomeHandler counted = outcomes -> {
            choosing.ended.add(outcomes.size());
            results.accept(outcomes);
        };
        return start(new EngineRun(job, left, work, counted, journal, choosing, null, null));
    }

    /** The model that a run which chooses begins with, for this kind of work. */
    public static ConcurrencyModel firstModel(String kind) {
        return ModelSelector.first(kind);
    }

    /** How many at a time it begins with, where nobody says. */
    public static int firstConcurrency(String kind) {
        return ModelSelector.firstConcurrency(kind, Runtime.getRuntime().availableProcessors());
    }

    private static JobRun start(EngineRun run) {
        run.start();
        return run;
    }

    /** How a model is chosen, and how many tasks have ended meanwhile. */
    private record ModelChoosing(boolean keepsConcurrency, Consumer<ChosenModel> onChosen, LongAdder ended) {}

    /** One run: its coordinator, its workers, and what they write to. */
    private final class EngineRun implements JobRun, ObservedRun {
        private final Job job;
        private final ResumedSource source;
        private final WorkProvider work;
        private final OutcomePipeline pipeline;
        private final CoordinatorVerticle coordinator;
        private final WorkerPools workers;
        private final ModelChoosing choosing;
        private final Promise<RunReport> report = Promise.promise();
        private final long startedNanos = System.nanoTime();
        private double seconds;
        private ChosenModel chosen;
        private volatile boolean ended;
        private volatile Future<String> coordinating;

        EngineRun(
                Job job,
                ResumedSource source,
                WorkProvider work,
                OutcomeHandler results,
                Optional<Journal> journal,
                ModelChoosing choosing,
                ChosenModel chosen,
                ClusterSharing sharing) {
            this.job = job;
            this.chosen = chosen;
            this.choosing = choosing;
            this.source = source;
            this.work = work;
            this.pipeline = new OutcomePipeline(vertx, job.id(), journal, results);
            this.coordinator = new CoordinatorVerticle(job, source, pipeline, new RunWorkerControl(), work::group);
            ProcessLossListener losses = new ProcessLossListener();
            this.workers = new WorkerPools(
                    job,
                    one -> sharing == null
                            ? WorkerPoolFactory.of(vertx, one, work, this::isReserved, losses)
                            : WorkerPoolFactory.shared(vertx, one, work, this::isReserved, losses, sharing));
        }

        void start() {
            coordinating = workers.open()
                    .compose(home -> home.deployVerticle(coordinator)
                            .onSuccess(id -> coordinator.execute(() -> runUnder(home, id))));
            coordinating.onFailure(failure -> finish(Future.<JobResult>failedFuture(failure)
                            .eventually(workers::undeploy)
                            .eventually(workers::close))
                    .onComplete(report));
        }

        /**
         * Deploys the workers, waits for the end and cleans up, on the coordinator's event loop: a task that blocks may
         * block any other. The workers are children of the coordinator's deployment, so none outlives it.
         */
        private void runUnder(Vertx home, String coordinatorId) {
            Future<JobResult> result = workers.deploy(coordinator.window())
                    .onSuccess(ready -> {
                        if (choosing != null) {
                            chooseSoon();
                        }
                        if (ProcessorLimitMonitor.isWorthIt(job)) {
                            vertx.executeBlocking(
                                    new ProcessorLimitMonitor(job, this, coordinator::boundWindow), false);
                        }
                    })
                    .compose(ready -> coordinator.result())
                    .onComplete(any -> {
                        ended = true;
                        seconds = (System.nanoTime() - startedNanos) / 1e9;
                    })
                    .eventually(workers::undeploy)
                    .eventually(() -> home.undeploy(coordinatorId))
                    .eventually(workers::close);
            finish(result).onComplete(report);
        }

        /** Watches the first tasks and chooses; of a run that ends meanwhile nothing is said. */
        private void chooseSoon() {
            vertx.executeBlocking(this::choose, false).onSuccess(choice -> choice.ifPresent(this::change));
        }

        private Optional<ChosenModel> choose() throws InterruptedException {
            OptionalDouble cpu = new CpuShareSampler(job, this, choosing.ended::sum).share();
            String kind = job.work().kind();
            int cores = Runtime.getRuntime().availableProcessors();
            return ended
                    ? Optional.empty()
                    : Optional.of(tell(ModelSelector.of(
                            new ModelSelector.MeasuredTasks(kind, work.leavesLoopFree(), cpu, cores))));
        }

        private ChosenModel tell(ChosenModel best) {
            ChosenModel choice = choosing.keepsConcurrency ? best.with(job.concurrency()) : best;
            choosing.onChosen.accept(choice);
            return choice;
        }

        /** Goes on under the model that was chosen. */
        private void change(ChosenModel choice) {
            if (ended) {
                return;
            }
            chosen = choice;
            ConcurrencyModel model = ConcurrencyModel.named(choice.model()).orElseThrow();
            coordinator.resizeWindow(choice.concurrency());
            Future<Void> changed;
            if (model == job.model()) {
                changed = workers.deploy(coordinator.window());
            } else {
                coordinator.retireWorkers();
                changed = workers.change(job.under(model, choice.concurrency()), coordinator.window());
            }
            changed.onFailure(failure -> coordinator.stop(EndReason.WORKERS_FAILED, failure));
        }

        /** Closes what the run holds. A journal that cannot be completed is a failure of the run. */
        private Future<RunReport> finish(Future<JobResult> result) {
            return result.transform(ended -> pipeline.close().transform(closed -> both(ended, closed)))
                    .map(this::reportOf)
                    .eventually(() -> vertx.executeBlocking(() -> {
                        work.close();
                        return null;
                    }))
                    .eventually(this::closeSource);
        }

        private static Future<JobResult> both(AsyncResult<JobResult> ended, AsyncResult<Void> closed) {
            if (ended.failed()) {
                return Future.failedFuture(ended.cause());
            }
            JobResult result = ended.result();
            return Future.succeededFuture(
                    closed.succeeded() || result.ending() == EndReason.OUTPUT_FAILED
                            ? result
                            : new JobResult(result.counts(), EndReason.OUTPUT_FAILED, Optional.of(closed.cause())));
        }

        /** Compute tasks may block an event loop for as long as they like, so not the coordinator's. */
        private boolean isReserved(Thread thread) {
            return work.computes() && thread == coordinator.thread();
        }

        private RunReport reportOf(JobResult result) {
            return new RunReport(
                    OutcomeRows.SCHEMA,
                    job.id(),
                    job.work().kind(),
                    chosen == null ? job.model().id() : chosen.model(),
                    coordinator.window(),
                    limitReached(),
                    chosen == null && choosing != null ? notNeeded() : chosen,
                    coordinator.hedged(),
                    result.ending(),
                    result.counts(),
                    seconds,
                    startSeconds(),
                    result.counts().done() / seconds,
                    pipeline.tally().percentiles(),
                    pipeline.tally().bytes(),
                    result.cause().map(Throwable::getMessage).orElse(null));
        }

        private ChosenModel notNeeded() {
            String why = "all tasks were done before there was a choice to make";
            return new ChosenModel(job.model().id(), job.concurrency(), null, false, why);
        }

        private ReachedLimit limitReached() {
            return job.adaptive() ? new ReachedLimit(coordinator.largestWindow(), job.concurrency()) : null;
        }

        private double startSeconds() {
            OptionalLong ready = coordinator.firstWorkerNanos();
            return ready.isPresent() ? (ready.getAsLong() - startedNanos) / 1e9 : seconds;
        }

        /** Not waited for: a read that blocks, on a pipe say, may hold the source for ever. */
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
        public HedgeCounts hedged() {
            return coordinator.hedged();
        }

        @Override
        public int concurrency() {
            return coordinator.window();
        }

        @Override
        public void drain() {
            coordinating.onSuccess(id -> coordinator.stop(EndReason.INTERRUPTED, null));
        }

        @Override
        public void cancel() {
            coordinating.onSuccess(id -> coordinator.cancel(EndReason.INTERRUPTED, "the run was interrupted"));
        }

        /** What the workers' processes come to. */
        private final class ProcessLossListener implements WorkerPool.Listener {
            @Override
            public void died(String node, String why) {
                coordinator.nodeLost(node, why);
            }

            @Override
            public void failed(String why) {
                coordinator.stop(EndReason.WORKERS_FAILED, new IllegalStateException(why));
            }
        }

        /** The workers as the coordinator sees them. */
        private final class RunWorkerControl implements WorkerControl {
            @Override
            public void lost(String worker, boolean replace) {
                workers.forget(worker);
                if (replace) {
                    workers.deployAnother().onFailure(failure -> coordinator.stop(EndReason.WORKERS_FAILED, failure));
                }
            }

            @Override
            public void grow(int concurrency) {
                workers.deploy(concurrency).onFailure(failure -> coordinator.stop(EndReason.WORKERS_FAILED, failure));
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
}
