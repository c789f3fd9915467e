package dev.juggler.engine;

import dev.juggler.bus.BusCodec;
import dev.juggler.coordinator.CoordinatorVerticle;
import dev.juggler.coordinator.Crew;
import dev.juggler.coordinator.SkippingSource;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Ending;
import dev.juggler.job.Hedged;
import dev.juggler.job.Job;
import dev.juggler.job.JobResult;
import dev.juggler.job.OutcomeRows;
import dev.juggler.journal.Completed;
import dev.juggler.journal.Journal;
import dev.juggler.model.Pools;
import dev.juggler.model.Sharing;
import dev.juggler.model.WorkerPool;
import dev.juggler.report.Chosen;
import dev.juggler.report.LimitReached;
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
        BusCodec.register(vertx.eventBus());
    }

    /** Runs a job without a journal. */
    public Run run(Job job, Source source, WorkProvider work, Results results) {
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
    public Run run(Job job, Source source, WorkProvider work, Results results, Optional<Journal> journal) {
        return start(new JobRun(job, left(source, journal), work, results, journal, null, null, null));
    }

    /** The same for a job that other nodes of a cluster help with; this engine's Vert.x is a member of it. */
    public Run runShared(
            Job job, Source source, WorkProvider work, Results results, Optional<Journal> journal, Sharing sharing) {
        return start(new JobRun(job, left(source, journal), work, results, journal, null, null, sharing));
    }

    private static SkippingSource left(Source source, Optional<Journal> journal) {
        return new SkippingSource(source, journal.map(Journal::completed).orElseGet(Completed::new));
    }

    /**
     * Runs a job whose model is chosen while it runs: the first tasks are done under the job's own model and measured, and
     * the others under the one that suits them. A run that is over sooner has nothing to choose.
     *
     * @param job as for {@link #run}, with the model and concurrency to begin with: see {@link #firstModel}
     * @param keepsConcurrency whether the job's concurrency is for the chosen model too, rather than chosen with it
     * @param onChosen told of the choice, on a thread that may block
     */
    public Run runChoosing(
            Job job,
            Source source,
            WorkProvider work,
            Results results,
            Optional<Journal> journal,
            boolean keepsConcurrency,
            Consumer<Chosen> onChosen) {
        SkippingSource left = left(source, journal);
        Optional<Chosen> rule = ModelChoice.byRule(job.work().kind())
                .map(choice -> keepsConcurrency ? choice.with(job.concurrency()) : choice);
        if (rule.isPresent()) {
            onChosen.accept(rule.get());
            Job ruled = job.under(ConcurrencyModel.ASYNC, rule.get().concurrency());
            return start(new JobRun(ruled, left, work, results, journal, null, rule.get(), null));
        }
        Choosing choosing = new Choosing(keepsConcurrency, onChosen, new LongAdder());
        Results counted = outcomes -> {
            choosing.ended.add(outcomes.size());
            results.accept(outcomes);
        };
        return start(new JobRun(job, left, work, counted, journal, choosing, null, null));
    }

    /** The model that a run which chooses begins with, for this kind of work. */
    public static ConcurrencyModel firstModel(String kind) {
        return ModelChoice.first(kind);
    }

    /** How many at a time it begins with, where nobody says. */
    public static int firstConcurrency(String kind) {
        return ModelChoice.firstConcurrency(kind, Runtime.getRuntime().availableProcessors());
    }

    private static Run start(JobRun run) {
        run.start();
        return run;
    }

    /** How a model is chosen, and how many tasks have ended meanwhile. */
    private record Choosing(boolean keepsConcurrency, Consumer<Chosen> onChosen, LongAdder ended) {}

    /** One run: its coordinator, its workers, and what they write to. */
    private final class JobRun implements Run, Watched {
        private final Job job;
        private final SkippingSource source;
        private final WorkProvider work;
        private final OutcomePipeline pipeline;
        private final CoordinatorVerticle coordinator;
        private final Staff workers;
        private final Choosing choosing;
        private final Promise<RunReport> report = Promise.promise();
        private final long startedNanos = System.nanoTime();
        private double seconds;
        private Chosen chosen;
        private volatile boolean ended;
        private volatile Future<String> coordinating;

        JobRun(
                Job job,
                SkippingSource source,
                WorkProvider work,
                Results results,
                Optional<Journal> journal,
                Choosing choosing,
                Chosen chosen,
                Sharing sharing) {
            this.job = job;
            this.chosen = chosen;
            this.choosing = choosing;
            this.source = source;
            this.work = work;
            this.pipeline = new OutcomePipeline(vertx, job.id(), journal, results);
            this.coordinator = new CoordinatorVerticle(job, source, pipeline, new JobCrew(), work::group);
            Losses losses = new Losses();
            this.workers = new Staff(
                    job,
                    one -> sharing == null
                            ? Pools.of(vertx, one, work, this::isReserved, losses)
                            : Pools.shared(vertx, one, work, this::isReserved, losses, sharing));
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
                        if (ProcessorWatch.isWorthIt(job)) {
                            vertx.executeBlocking(new ProcessorWatch(job, this, coordinator::boundWindow), false);
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

        private Optional<Chosen> choose() throws InterruptedException {
            OptionalDouble cpu = new Probe(job, this, choosing.ended::sum).share();
            String kind = job.work().kind();
            int cores = Runtime.getRuntime().availableProcessors();
            return ended
                    ? Optional.empty()
                    : Optional.of(
                            tell(ModelChoice.of(new ModelChoice.Measured(kind, work.leavesLoopFree(), cpu, cores))));
        }

        private Chosen tell(Chosen best) {
            Chosen choice = choosing.keepsConcurrency ? best.with(job.concurrency()) : best;
            choosing.onChosen.accept(choice);
            return choice;
        }

        /** Goes on under the model that was chosen. */
        private void change(Chosen choice) {
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
            changed.onFailure(failure -> coordinator.stop(Ending.WORKERS_FAILED, failure));
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
                    closed.succeeded() || result.ending() == Ending.OUTPUT_FAILED
                            ? result
                            : new JobResult(result.counts(), Ending.OUTPUT_FAILED, Optional.of(closed.cause())));
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
                    (result.counts().done()) / seconds,
                    pipeline.tally().percentiles(),
                    pipeline.tally().bytes(),
                    result.cause().map(Throwable::getMessage).orElse(null));
        }

        private Chosen notNeeded() {
            String why = "all tasks were done before there was a choice to make";
            return new Chosen(job.model().id(), job.concurrency(), null, false, why);
        }

        private LimitReached limitReached() {
            return job.adaptive() ? new LimitReached(coordinator.largestWindow(), job.concurrency()) : null;
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
        public Hedged hedged() {
            return coordinator.hedged();
        }

        @Override
        public int concurrency() {
            return coordinator.window();
        }

        @Override
        public void drain() {
            coordinating.onSuccess(id -> coordinator.stop(Ending.INTERRUPTED, null));
        }

        @Override
        public void cancel() {
            coordinating.onSuccess(id -> coordinator.cancel(Ending.INTERRUPTED, "the run was interrupted"));
        }

        /** What the workers' processes come to. */
        private final class Losses implements WorkerPool.Listener {
            @Override
            public void died(String node, String why) {
                coordinator.nodeLost(node, why);
            }

            @Override
            public void failed(String why) {
                coordinator.stop(Ending.WORKERS_FAILED, new IllegalStateException(why));
            }
        }

        /** The workers as the coordinator sees them. */
        private final class JobCrew implements Crew {
            @Override
            public void lost(String worker, boolean replace) {
                workers.forget(worker);
                if (replace) {
                    workers.deployAnother().onFailure(failure -> coordinator.stop(Ending.WORKERS_FAILED, failure));
                }
            }

            @Override
            public void grow(int concurrency) {
                workers.deploy(concurrency).onFailure(failure -> coordinator.stop(Ending.WORKERS_FAILED, failure));
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
